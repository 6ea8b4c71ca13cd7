// failure returns an error with a code, as sparrow:error has it.
export function failure(code, text) {
  const error = new Error(text);
  error.code = code;
  return error;
}
