/** Up to here writing sign by sign is faster than a call of the engine. */
const SHORT = 64

/** Writes text whose UTF-8 has `length` bytes to `into[at…]`. */
export function putText(text: string, length: number, into: Buffer, at: number): void {
  const isPlain = length === text.length && length <= SHORT
  if (isPlain) for (let i = 0; i < length; i++) into[at + i] = text.charCodeAt(i)
  else into.write(text, at)
}
