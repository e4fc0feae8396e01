/** Past this many characters a text is no digest of any system: no hasher is shown it. */
export const MAX_DIGEST_LENGTH = 4_096
