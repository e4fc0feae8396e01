import { auth0Writer } from './auth0.js'
import { betterAuthWriter } from './better-auth.js'
import { clerkWriter } from './clerk.js'
import { firebaseWriter } from './firebase.js'
import { keycloakWriter } from './keycloak.js'
import { kratosWriter } from './kratos.js'
import { csvWriter, ndjsonWriter } from './own.js'
import { supabaseWriter } from './supabase.js'
import { workosWriter } from './workos.js'
import type { Writer } from './writer.js'
import { zitadelWriter } from './zitadel.js'

/** The writers: passlift's own forms, then the systems by name. */
export const WRITERS: readonly Writer[] = [
  ndjsonWriter,
  csvWriter,
  auth0Writer,
  betterAuthWriter,
  clerkWriter,
  firebaseWriter,
  keycloakWriter,
  kratosWriter,
  supabaseWriter,
  workosWriter,
  zitadelWriter,
]
