/**
 * A `TypeError` with a code of Node's: `ERR_INVALID_ARG_TYPE` for an argument of the wrong type, `ERR_INVALID_ARG_VALUE` for
 * an argument of the right type without a meaning. The message never shows the argument.
 */
export function argumentError(
  code: 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE',
  message: string,
): TypeError & { readonly code: string } {
  return Object.assign(new TypeError(message), { code })
}
