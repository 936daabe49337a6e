import { checkCreditCode, creditCheckDigit } from '#platform/registry'

/** A valid unified social credit code, another for each number below a million. */
export function creditCode(number: number): string {
  const codes = [...'0123456789X'].map((check) => {
    const signs = `91370902MA${String(number).padStart(6, '0')}${check}`
    return signs + creditCheckDigit(signs)
  })
  const valid = codes.find((code) => checkCreditCode(code) === undefined)
  if (!valid) throw new RangeError(String(number))
  return valid
}
