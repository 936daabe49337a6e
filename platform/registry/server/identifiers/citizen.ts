import type { Words } from '../../../runtime/words.ts'
import { isDigits } from '../cells/clean.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK = '10X98765432'
/** First two digits of a division [GB/T 2260], and 81-83 for residence cards of Hong Kong, Macao and Taiwan. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'
    .split(' ')
    .map(Number),
)
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const SHAPE: Words = { zh: '身份证号应为 18 位', en: 'A citizen number has 18 characters' }
const REGION: Words = { zh: '身份证号的地区码不存在', en: 'The region of the citizen number does not exist' }
const BIRTH: Words = { zh: '身份证号的出生日期不存在', en: 'The birth date in the citizen number does not exist' }
const DIGIT: Words = { zh: '身份证号的校验码不对，请核对', en: 'The check digit of the citizen number is wrong' }

/** Check digit of the first 17 digits [GB 11643-1999, 4.2.2; ISO 7064 MOD 11-2]. */
export function citizenCheckDigit(digits: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (digits.charCodeAt(i) - 48) * (WEIGHTS[i] ?? 0)
  return CHECK[sum % 11] ?? ''
}

/** What is wrong with a citizen number: shape, region, birth date, check digit; undefined if nothing. */
export function checkCitizenNumber(value: string): Words | undefined {
  if (value.length !== 18 || !isDigits(value, 0, 17) || !CHECK.includes(value.charAt(17))) return SHAPE
  signs.write(value, 'latin1')
  if (!PROVINCES.has(number(signs, 0, 2))) return REGION
  if (!isDay(number(signs, 6, 4), number(signs, 10, 2), number(signs, 12, 2))) return BIRTH
  return isCitizenNumber(signs, 0) ? undefined : DIGIT
}

const signs = Buffer.alloc(18)

/** Whether 18 bytes of ASCII are a citizen number. */
export function isCitizenNumber(bytes: Uint8Array, at: number): boolean {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const digit = (bytes[at + i] as number) - 48
    if (digit < 0 || digit > 9) return false
    sum += digit * (WEIGHTS[i] as number)
  }
  if (bytes[at + 17] !== CHECK.charCodeAt(sum % 11)) return false
  const isBorn = isDay(number(bytes, at + 6, 4), number(bytes, at + 10, 2), number(bytes, at + 12, 2))
  return isBorn && PROVINCES.has(number(bytes, at, 2))
}

function number(bytes: Uint8Array, from: number, count: number): number {
  let value = 0
  for (let i = from; i < from + count; i++) value = 10 * value + (bytes[i] as number) - 48
  return value
}

/** The 18-digit number of one of 15 digits, issued until 1999 to people born in the 1900s [GB 11643-1999, annex]. */
export function upgradeCitizenNumber(value: string): string {
  const digits = `${value.slice(0, 6)}19${value.slice(6)}`
  return digits + citizenCheckDigit(digits)
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1850 || year > 2099 || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] ?? 0)) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}
