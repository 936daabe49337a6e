import { Defect } from '#runtime'

const MOST_BYTES = 4_096
const MOST_TEXT = 300

/**
 * Details as they are stored: small plain JSON of identifiers, field names and counts. Numbers of persons and phones
 * that slip in are blotted out, because the log is kept longer and read by others than the data.
 * @throws Defect if they are large; then they are the data itself
 */
export function detailsOf(event: string, details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = JSON.stringify(details, (_name, value) => (typeof value === 'string' ? cleanText(event, value) : value))
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw new Defect(`Details of audit event "${event}" exceed ${MOST_BYTES} bytes; name fields and counts, not data.`)
  return JSON.parse(text)
}

function cleanText(event: string, text: string): string {
  if (text.length > MOST_TEXT)
    throw new Defect(`A text in the details of audit event "${event}" exceeds ${MOST_TEXT} characters.`)
  return storable(text).replace(PERSONAL, (number) => (isPersonalNumber(number) ? '***' : number))
}

/** PostgreSQL's text holds neither NUL nor lone surrogates. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()

const PERSONAL = /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z])/g
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Whether a whole text is a citizen's identity number [GB 11643, clause 4: check digit] or a mobile number. */
export function isPersonalNumber(text: string): boolean {
  if (/^1[3-9]\d{9}$/.test(text)) return true
  if (!/^\d{17}[\dXx]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text.at(-1)?.toUpperCase()
}
