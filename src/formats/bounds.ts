/** The most characters of a digest of any system. No hasher is shown a longer text. */
export const MAX_DIGEST_LENGTH = 4_096

/** The most bytes of a password: ten times as many as anybody types, and so few that digesting them takes no time. */
export const MAX_PASSWORD_BYTES = 4_096
