/** The texts that `passlift --help` and `passlift help COMMAND` print. */

export const PROGRAM_HELP = `passlift verifies password digests that other systems made.

Usage: passlift COMMAND [OPTIONS]

Commands:
  verify     says whether a password is the one that a digest was made from
  identify   says which hashers claim a digest, and what it says of itself
  audit      says what an export of a users table holds
  convert    writes an export in the form that another system imports
  hashers    lists the hashers that passlift knows
  engines    says which engine computes the digests of which hasher
  doctor     holds the engines to known answers: what cannot run here, and why
  hash       makes a new digest (bcrypt) of a password

passlift help COMMAND     explains a command, with examples
passlift --version, -v    prints the version

A digest is the stored text, such as a column of a users table holds: $2b$12$...
A hasher is the format that it has, by name: bcrypt, phpass, md5 and so on.

With --json every command prints one line of JSON on standard output, with an
"outcome".

Exit code:
  0   yes: the password is right, or the command did what it should
  1   no: the password is wrong, or the account has none
  2   no answer: the digest is malformed, unknown or too costly, the password is
      refused, or the command was not called as its help says
  3   no answer: an engine failed, or the machine did`

const DIGEST_OPTIONS = `  --digest-file FILE   a file that holds the digest and nothing else
  --digest DIGEST      the digest itself, in single quotes: elsewhere a shell
                       replaces what follows a $. It shows in lists of processes
                       and in the shell's history, so prefer a file.`

const LINE_ENDING = `One line ending (LF or CR LF) is removed from the end of the digest and of the
password. Nothing else is: spaces, further line endings and bytes that are not
UTF-8 are part of them.`

export const VERIFY_HELP = `Usage: passlift verify [--digest-file FILE | --digest DIGEST] [--hasher NAME]
                       [--username NAME] [--json]

Says whether a password is the one that a digest was made from.

The password is read from standard input. On a terminal it is asked for, and not
shown. It is never an argument, which everybody on the machine could read.

${DIGEST_OPTIONS}
                       With neither, standard input holds two lines: the digest,
                       then the password. On a terminal both are asked for.
  --hasher NAME        the hasher that made the digest, if you know it;
                       passlift hashers lists them. Otherwise every hasher that
                       claims the digest is tried.
  --username NAME      the name that the user signs in with, where a digest was
                       made of it too, as PostgreSQL's md5 are
  --json               prints the verdict as JSON: "outcome" is match, mismatch,
                       malformed, too-costly, unusable, unknown, refused, misuse
                       or error

${LINE_ENDING}

Examples:
  passlift verify --digest-file digest.txt
  passlift verify --digest-file digest.txt --hasher md5 < password.txt
  cat digest.txt password.txt | passlift verify && echo right

Exit code: 0 right; 1 wrong, or the account has no password; 2 the digest is
malformed, unknown or too costly, or the password is refused; 3 an engine
failed.`

export const IDENTIFY_HELP = `Usage: passlift identify [--digest-file FILE | --digest DIGEST] [--json]

Says which hashers claim a digest, the likeliest first, and what it says of
itself. No password is needed.

${DIGEST_OPTIONS}
                       With neither, the digest is read from standard input. On
                       a terminal it is asked for, and not shown.
  --json               prints JSON: "outcome" is parsed, malformed, unusable,
                       unknown, misuse or error; "claims" has one object for
                       each hasher

For each hasher it prints:
  standing     sound; dated: slow once; insecure: so fast that whoever has the
               table finds most passwords
  parameters   as the format calls them
  cost         of one check, estimated on a reference machine
  to replace   whether the next sign-in should replace the digest, and why

Examples:
  passlift identify --digest-file digest.txt
  passlift identify --json < digest.txt

Exit code: 0 a hasher claims the digest and can read it; 1 it marks an account
without a password; 2 none does; 3 something failed.`

export const AUDIT_HELP = `Usage: passlift audit FILE [--from NAME] [--hasher NAME]
                      [--column PART=NAME]... [--algorithm NAME]
                      [--hash-config FILE] [--large] [--html FILE] [--logins]
                      [--quiet] [--json]

Says what an export of a users table holds: which hashers made its digests, what
cannot be verified and why, and what would be replaced at sign-in. No password
is needed. No digest or salt is printed, and no login unless it is asked for.

The file is CSV, TSV, JSON, NDJSON, LDIF, htpasswd or shadow, in UTF-8, plain or
packed with gzip; - is standard input.

  --from NAME          the system or form of the file: django, wordpress,
                       drupal, phpbb, joomla, magento, clerk, supabase, auth0,
                       better-auth, keycloak, payload, mongoose, aspnet,
                       aspnet-membership, firebase, ldif, shadow, htpasswd, csv,
                       tsv, json, ndjson, or auto, the default: the beginning
                       of the file decides, and the report says what it is
  --hasher NAME        the hasher of every row that names none
  --column PART=NAME   where a part of an account stands: digest, id, login,
                       hasher or salt. In JSON a path, as fields.password. With
                       salt, --hasher says how digest and salt are joined
  --algorithm NAME     what the rows of aspnet-membership and mongoose do not
                       say: hashAlgorithmType of web.config, as HMACSHA256;
                       digestAlgorithm of the plugin's options
  --hash-config FILE   the password hash parameters of a Firebase project, as
                       its console shows them
  --large              reads a file that gzip packed to less than a 200th, even
                       where it unpacks to more than 1 GiB
  --html FILE          also writes the report as a page, with charts. Only you
                       may read it, and no file that is there is overwritten
  --logins             names ids and logins beside the numbers of rows, in all
                       reports: keep them as safe as the file
  --quiet              prints no progress and no notices on standard error, but
                       errors
  --json               prints the counts as JSON: "outcome" is audited

Examples:
  passlift audit users.json
  passlift audit users.csv --column digest=pw --hasher phpass_wordpress --json
  passlift audit users.json --html report.html

Exit code: 0 every row with a password can be verified; 1 some cannot; 2 the
file cannot be read, or the command was not called as its help says.`

export const CONVERT_HELP = `Usage: passlift convert FILE --to NAME [--out FILE|-] [--from NAME]
                        [--hasher NAME] [--column PART=NAME]...
                        [--algorithm NAME] [--hash-config FILE] [--large]
                        [--spreadsheet] [--dry-run] [--quiet] [--json]

Writes the accounts of an export in the form that another system imports. No
password is needed. A digest that the system has another spelling for is
rewritten, read back and compared; what it does not take is rejected with a
reason.

FILE, --from, --hasher, --column, --algorithm, --hash-config, --large and --quiet
are those of passlift audit.

  --to NAME         ndjson or csv, passlift's own; or auth0, better-auth, clerk,
                    firebase, keycloak, kratos, supabase, workos, zitadel
  --out FILE        a new file, for you alone (0600). It appears when all is
                    written. Rejected rows go to FILE.rejected.ndjson. auth0
                    and firebase may need several: users.json may become
                    users-1.json, users-2.json and so on. - is standard output,
                    the default, where rejected rows are only counted
  --spreadsheet     in CSV, puts ' in front of what a spreadsheet would take for
                    a formula. Otherwise no value is altered.
  --dry-run         counts, and writes nothing
  --json            prints the counts as JSON: "outcome" is converted. Not with
                    --out -, where the file stands on standard output

Examples:
  passlift convert users.json --to clerk --dry-run
  passlift convert users.json --to clerk --out clerk.csv

Exit code: 0 every row was written; 1 some were rejected; 2 the file cannot be
read, the output exists or cannot be written, or the command was not called as
its help says.`

export const ENGINES_HELP = `Usage: passlift engines [--json]

Says which engine computes the digests of each hasher on this machine: a
WebAssembly kernel, node:crypto, or the package that stands in where no kernel
runs; "in place" is what needs no engine.

  --json     prints JSON: "outcome" is listed; "engines" has one object for
             each hasher`

export const DOCTOR_HELP = `Usage: passlift doctor [--json]

Starts a thread and holds every engine to known answers: what this machine can
compute, with what, and where it cannot, why and what to change.

  --json               prints it as JSON: "outcome" is healthy or unhealthy, and
                       "checks" holds work, engine, hashers, outcome and problem

Exit code: 0 where every engine is right, 3 where one is not.

Example:
  passlift doctor`

export const HASHERS_HELP = `Usage: passlift hashers [--json]

Lists the hashers that passlift knows: the name that --hasher takes, the
standing, how their digests begin, which systems write them, and why that is
their standing.

Standing:
  sound      fit to stay
  dated      slow once
  insecure   so fast that whoever has the table finds most passwords; always
             replaced when its user signs in
  varies     the parameters of a digest decide; this is the lowest

  --json     prints JSON: "outcome" is listed; "hashers" has one object for
             each, with an example`

export const HASH_HELP = `Usage: passlift hash [--cost COST] [--json]

Makes a new digest of a password and prints it: bcrypt, or bcrypt_sha256_django
for a password that bcrypt would cut (over 72 bytes, or with a NUL) or that is
not UTF-8.

The password is read from standard input. On a terminal it is asked for, twice,
and not shown. It is never an argument, which everybody on the machine could
read.

  --cost COST   10 to 15; each step doubles the time. Default 12
  --json        prints JSON: "outcome" is hashed, misuse or error; "hasher" and
                "digest" are what to store

${LINE_ENDING}

Examples:
  passlift hash
  passlift hash --cost 13 < password.txt > digest.txt

Exit code: 0 the digest is printed; 2 the password is refused, or two different
ones were typed; 3 an engine failed.`
