/**
 * A `TypeError` with the code that Node's own have: `ERR_INVALID_ARG_TYPE` for an argument of the wrong type,
 * `ERR_INVALID_ARG_VALUE` for one of the right type that means nothing. The message never shows the argument.
 */
export function argumentError(
  code: 'ERR_INVALID_ARG_TYPE' | 'ERR_INVALID_ARG_VALUE',
  message: string,
): TypeError & { readonly code: string } {
  return Object.assign(new TypeError(message), { code })
}
