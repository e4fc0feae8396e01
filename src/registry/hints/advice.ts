/** What became of a text on its way here, or what it is instead of a digest; and what to do. */
export const REPAIRS = {
  'algorithm-name':
    'This is the name of an algorithm: another column than the one with the digests. Choose the right one.',
  'argon2-padding':
    'The salt or the checksum of this Argon2 digest ends in equals signs, which the format leaves out. Cut them off, in both fields.',
  backslashes:
    'Backslashes stand in front of dollar signs or slashes: the text was escaped for a shell or for JSON. Undo that once, with a reader of that format.',
  'base64-encoded':
    'This is a whole digest in base64, as LDIF files write it behind two colons. Decode it to text.',
  'base64-in-hex':
    'The checksum is base64, and this format has it in hexadecimal. Decode it and write its bytes so; the salt is taken as the text that it is.',
  'byte-order-mark':
    'A byte order mark stands in front. Cut it off, or read the file with a decoder that takes it for no text.',
  'case-changed':
    'All letters have one case; this format tells them apart. That cannot be undone: export it again, and change no case on the way.',
  'cut-short':
    'The end is missing, as where a column is too narrow. What was cut off cannot be computed: look for the whole digest in a backup or in the old system, and make the column 255 characters wide.',
  cognito:
    'This names an account of Amazon Cognito, which gives no digests away. Let its users sign in there once more, or have them choose new passwords.',
  date: 'This is a date: another column than the one with the digests. Choose the right one.',
  'digit-lost':
    'Hexadecimal with an odd number of digits: a spreadsheet or a program took it for a number and dropped the zero in front. Put it back, or export the column as text.',
  'dollars-missing':
    'Dollar signs of this format are missing. Export it again, and write it in single quotes wherever a shell or a program reads it.',
  'doubled-dollars':
    'Dollar signs are doubled, as Compose files and templates want them. Write one for every two.',
  ellipsis:
    'This was shortened to be shown. Take the whole digest from the database, not from a page or a log.',
  'email-address':
    'This is an e-mail address: another column than the one with the digests. Choose the right one.',
  'firebase-incomplete':
    "Firebase's checksum and salt need the project's parameters behind them: checksum, salt, signer key, salt separator, rounds and memory cost, with dollar signs between them. The console shows them as the password hash parameters.",
  'hex-encoded':
    'This is hexadecimal of the bytes that a binary column holds. Export the column as text; where it holds a bare checksum, give its hexadecimal digits alone, without what marks them in front.',
  'hex-grouped': 'Separators stand between the bytes, as BitConverter of .NET writes them. Take them out.',
  'hex-in-base64':
    "Firebase's fields are base64, and here one is hexadecimal. Decode it, and write its bytes in base64; `firebase auth:export` gives base64 to begin with.",
  'html-escaped':
    'Characters are written as HTML entities. Decode them once, or export from the database and not from a page.',
  'invisible-characters':
    'Characters that nobody sees stand in it, such as soft hyphens or zero-width spaces: it was copied from a page or a document. Export it from the database.',
  json: 'This is JSON with the digest somewhere inside. Give the text of the field that holds the digest.',
  masked:
    'The export hides its digests. Ask for one that shows them: no password can be checked against this.',
  'more-follows':
    'Something follows a whole digest. Cut it off; where it is a pepper, the digest needs a hasher that takes one.',
  'null-as-text':
    'This is how an export writes that there is nothing. Give null: it means an account without a password.',
  'not-ascii':
    'A character in it is no ASCII, and this format has no others: it was retyped, translated or corrected. Export it from the database.',
  'nul-padding':
    'NUL characters stand beside the digest: a column of fixed width was filled up. Cut them off in the export.',
  number:
    'This is a number: perhaps another column than the one with the digests, perhaps a password in plain text. Choose the right column, or hash it now.',
  'passwd-line':
    'More than the digest is in it, such as the name of the user in front, as in `/etc/shadow`, `.htpasswd` or LDIF. Give the field with the digest alone.',
  'plain-text':
    'This may be a password in plain text. If it is, hash it now with `hash`, store the digest in its place, and keep no copy of the text.',
  'python-bytes':
    "This is how Python prints bytes: with a b and quotation marks. Decode them before they are written, with `.decode('ascii')`.",
  quoted:
    'Quotation marks stand around it. Read the file with a reader of its format (CSV, JSON, SQL), which takes them off.',
  'shell-ate-dollars':
    'A shell, a Makefile, an .env file or a string in double quotes took what follows dollar signs for variables. What they took is lost: export the digest again, and write it in single quotes.',
  'two-lines':
    'There is a line ending inside: two lines in one cell, or one that was wrapped. Give one digest in one line.',
  url: 'This is a link: another column than the one with the digests. Choose the right one.',
  'url-encoded': 'Characters are percent-encoded, as in a URL or a form. Decode them once.',
  'utf-16':
    'This is UTF-16 that was read as something else. Read the file as UTF-16, or have it written as UTF-8.',
  uuid: 'This is a UUID: another column than the one with the digests. Choose the right one.',
  'white-space':
    'White space or a line ending stands at one end. Cut it off in the export: nothing is trimmed here, because passwords and salts may hold spaces.',
  // Digests that can be read behind what their system puts in front.
  'django-argon2':
    'Django puts its own name for the hasher in front. Cut off `argon2`, up to the dollar sign.',
  'django-bcrypt':
    'Django puts its own name for the hasher in front. Cut off `bcrypt` and one of the two dollar signs.',
  jenkins: 'Jenkins puts `#jbcrypt:` in front of bcrypt. Cut it off.',
  'ldap-crypt':
    'The scheme in braces says that a digest of crypt(3) or Argon2 follows. Cut off the braces and what is in them; the rest is the digest.',
  nextcloud: 'Nextcloud and ownCloud put a number and a bar in front. Cut off both.',
  'spring-prefix':
    'Spring Security puts the name of its encoder in braces in front. Cut it off; the rest is the digest.',
  // What only the caller can tell.
  'name-unknown':
    "No hasher has the name that the row gives. `hashers` lists the names; `createRegistry({ names: { their_name: 'bcrypt' } })` maps yours.",
  'too-long': 'It has more than 4,096 characters, and no digest is that long. Choose the right column.',
} satisfies Readonly<Record<string, string>>

/** Who wrote a digest that no hasher reads; what to do is the same for all. */
export const MAKERS = {
  'adonis-bcrypt': 'AdonisJS wrote it: bcrypt in the PHC string format.',
  'argon2-data': 'This Argon2 digest has associated data or the id of a key among its parameters.',
  argon2d: 'This is Argon2d, which is not meant for passwords but used for them.',
  'aspnet-identity': 'ASP.NET Core Identity wrote it: PBKDF2 with its parameters, in base64.',
  'aspnet-membership':
    'ASP.NET Membership wrote it: checksum, format and salt; it reads the password as UTF-16.',
  atlassian: 'Jira, Confluence or another system of Atlassian wrote it: PBKDF2 with SHA-1.',
  'bare-base64':
    'This is base64 of a bare checksum, or of LDAP without its scheme; nothing in it says which.',
  'bare-hex': 'This is hexadecimal, a bare checksum by its look; nothing in it says of which algorithm.',
  'bare-sha1': 'This is a bare SHA-1 by its length, perhaps with a salt in another column.',
  'bare-sha2':
    'This is a bare SHA-224, SHA-384 or SHA-512 by its length, perhaps with a salt in another column.',
  'better-auth': 'better-auth or Lucia wrote it: scrypt, salt and key in hexadecimal.',
  cisco: 'A router or switch of Cisco wrote it: PBKDF2 or scrypt.',
  couchdb: 'CouchDB wrote it.',
  crackstation:
    'A copy of the PasswordHash classes for PHP, Java or C# wrote it: PBKDF2, its fields divided by colons.',
  'crypt-apr1': 'htpasswd of Apache wrote it: the MD5 scheme of crypt(3) under its own name.',
  'crypt-bsdi': 'This is the extended DES scheme of crypt(3).',
  'crypt-des': 'This is the old DES scheme of crypt(3) by its look; it reads 8 characters of the password.',
  'crypt-md5': 'This is the MD5 scheme of crypt(3).',
  'crypt-scrypt': 'This is the scrypt scheme of crypt(3).',
  'crypt-sha1': 'This is the SHA-1 scheme of crypt(3), from NetBSD.',
  'crypt-sha256': 'This is the SHA-256 scheme of crypt(3), from Linux.',
  'crypt-sha512': 'This is the SHA-512 scheme of crypt(3), from Linux.',
  'crypt-sunmd5': 'This is the MD5 scheme of Solaris.',
  'crypt-yescrypt': 'This is yescrypt, the scheme of newer Linux distributions.',
  'django-legacy':
    'An old Django, an old Werkzeug or password-hash of npm wrote it: MD5 or SHA, once, with a salt.',
  'django-pbkdf2-sha1': "Django's PBKDF2PasswordHasher with SHA-1 wrote it; its checksum is base64.",
  'django-scrypt': "Django's ScryptPasswordHasher wrote it.",
  drupal: 'Drupal 7 wrote it: phpass with SHA-512, or over an older MD5.',
  'firebase-scrypt': "This holds a digest of Firebase's scrypt in the form of another system.",
  fshp: 'This is the FSHP format.',
  grafana: 'Grafana or Gogs wrote it by its length: PBKDF2, its salt in another column.',
  grub: 'The boot loader GRUB wrote it: PBKDF2 with SHA-512.',
  'hex-salt': 'This is a checksum and its salt, as Joomla, osCommerce, Magento 1 or vBulletin keep them.',
  'import-format': 'This is a format of user imports that names its own hasher in front.',
  'jakarta-pbkdf2': 'Jakarta Security wrote it: PBKDF2, its fields divided by colons.',
  keycloak: 'Keycloak wrote it: a credential in JSON, its salt and parameters in fields of their own.',
  kratos: 'Ory Kratos takes this form: a checksum with its own rule for where the salt stands.',
  ldap: 'An LDAP directory or Dovecot wrote it: a scheme in braces, then its digest.',
  'ldap-pbkdf2': 'An LDAP directory wrote it: PBKDF2 behind a scheme in braces.',
  'ldap-ssha': 'An LDAP directory wrote it: SHA-1 with a salt.',
  liferay: 'Liferay wrote it: PBKDF2 with its parameters, in base64.',
  macos: 'macOS wrote it: PBKDF2 with SHA-512.',
  magento: 'Magento wrote it: checksum, salt and version.',
  'md5-phpass': 'TYPO3 wrote it: phpass over an older MD5.',
  mediawiki: 'MediaWiki wrote it; its fields are divided by colons.',
  mosquitto: 'The broker Mosquitto wrote it, which borrows the prefixes of crypt(3).',
  mssql: 'SQL Server wrote it for its own logins.',
  'mysql-caching-sha2': 'MySQL 8 wrote it for its own users.',
  'mysql-old-password': 'This is OLD_PASSWORD() of MySQL by its length.',
  'mysql-password': 'This is PASSWORD() of MySQL and MariaDB: SHA-1 of SHA-1.',
  'nt-hash': 'This is the NT hash of Windows: MD4 of UTF-16 text.',
  oak: 'Jackrabbit Oak or Adobe Experience Manager wrote it: salt, iterations and SHA in hexadecimal.',
  'passlib-bcrypt-sha256': 'passlib wrote it: bcrypt over SHA-256. It is another format than that of Django.',
  'passlib-pbkdf2': 'passlib wrote it, or a system that borrows its form: PBKDF2.',
  'passport-local':
    'passport-local-mongoose or Payload wrote it by its length: PBKDF2, its salt in another field.',
  payload: 'Payload wrote it: PBKDF2, its salt in another field.',
  'pbkdf2-npm': 'A package of npm or Mattermost wrote it: PBKDF2.',
  'phpbb-converted': 'phpBB wrote it: the digest of another forum that it took over.',
  'postgres-md5': 'PostgreSQL wrote it for its own users: MD5 of password and user name.',
  'salted-hex': 'This is a hexadecimal checksum beside its salt.',
  'sap-issha': 'SAP wrote it: SHA-1 with a salt, repeated.',
  'scheme-in-braces': 'A scheme in braces stands in front, as in LDAP, Dovecot and Spring Security.',
  scram: 'This is SCRAM, as PostgreSQL, MongoDB and chat servers keep it.',
  'scrypt-perl': 'A package of Perl wrote it: scrypt, its fields divided by colons.',
  'scrypt-phc': 'This is scrypt in the PHC string format, as passlib and AdonisJS write it.',
  'scrypt-ruby': "Ruby's scrypt package wrote it.",
  shiro: 'Apache Shiro wrote it.',
  shopware: 'Shopware wrote it: SHA-256 with a salt, repeated.',
  spring: 'Spring Security wrote it: the name of its encoder in braces, then its digest.',
  tomcat: 'Apache Tomcat wrote it: salt, iterations and checksum.',
  'werkzeug-pbkdf2': 'Werkzeug (Flask) wrote it: PBKDF2.',
  'wordpress-bcrypt': 'WordPress 6.8 or newer wrote it: bcrypt over an HMAC.',
} satisfies Readonly<Record<string, string>>

export const WRITE_HASHER =
  'No hasher here reads it as it stands: `hashers` lists those there are, and `defineHasher` makes one.'

/** The name of a hint: of damage, of another column, or of a format that no hasher reads. */
export type LooksLike = keyof typeof REPAIRS | keyof typeof MAKERS
