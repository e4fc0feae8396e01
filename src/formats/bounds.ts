/** The most characters of a digest of any system. No hasher is shown a longer text. */
export const MAX_DIGEST_LENGTH = 4_096
