export { firebase } from './firebase.js'
export type { FirebaseFields } from './firebase.js'
export { discourse, gitea, grafana, passportLocalMongoose, payload, symfonyPbkdf2 } from './pbkdf2.js'
export type {
  DiscourseColumns,
  GiteaColumns,
  GrafanaColumns,
  PassportLocalMongooseColumns,
  PayloadColumns,
  SymfonyColumns,
} from './pbkdf2.js'
