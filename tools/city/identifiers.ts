const CITIZEN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CREDIT_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const PLATE_SIGNS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
/** Signs that count the same stand in one place: 0 to 9. */
const VIN_VALUES = ['0', '1AJ', '2BKS', '3CLT', '4DMU', '5ENV', '6FW', '7GPX', '8HY', '9RZ']

const vinValue = (sign: string) => VIN_VALUES.findIndex((signs) => signs.includes(sign))

/** Citizen number of 18 signs with its check digit [GB 11643-1999, 4.2.2]. `sequence` 0-999, odd for men. */
export function citizenNumber(division: string, birth: string, sequence: number): string {
  const digits = `${division}${birth}${String(sequence).padStart(3, '0')}`
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (digits.charCodeAt(i) - 48) * (CITIZEN_WEIGHTS[i] ?? 0)
  return digits + '10X98765432'.charAt(sum % 11)
}

/** Unified social credit code [GB 32100-2015]; `type` `91` firm, `92` own business, `93` farmers' cooperative; `serial` below 31⁶. */
export function creditCode(type: string, division: string, serial: number): string {
  const body = `MA${inBase(serial, CREDIT_SIGNS, 6)}`
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const sign = body.charCodeAt(i)
    sum += (sign < 65 ? sign - 48 : sign - 55) * (ORGANISATION_WEIGHTS[i] ?? 0)
  }
  const own = 11 - (sum % 11)
  const code = `${type}${division}${body}${own === 10 ? 'X' : own === 11 ? '0' : own}`
  let total = 0
  for (let i = 0; i < 17; i++) total += CREDIT_SIGNS.indexOf(code.charAt(i)) * (CREDIT_WEIGHTS[i] ?? 0)
  return code + CREDIT_SIGNS.charAt((31 - (total % 31)) % 31)
}

/** 鲁J and five signs without I and O [GA 36]. Different serials below 34⁵ give different plates. */
export function plate(serial: number): string {
  return `鲁J${inBase(spread(serial, 34 ** 5), PLATE_SIGNS, 5)}`
}

/** Vehicle identification number with its check sign [GB 16735-2019, annex]. Different serials below 10⁸ differ. */
export function vin(serial: number, year: number): string {
  const tail = `${'SABCDEFGHJKLMNPRSTVWXY123456789'.charAt((year - 2010 + 31) % 31)}J${String(spread(serial, 1e8)).padStart(8, '0').slice(2)}`
  const head = `LDZ${'ABCDEFGH'.charAt(spread(serial, 1e8) % 8)}${String(spread(serial, 1e8)).padStart(8, '0').slice(0, 2)}0A`
  const signs = `${head}0${tail}`
  let sum = 0
  for (let i = 0; i < 17; i++) sum += vinValue(signs.charAt(i)) * (VIN_WEIGHTS[i] ?? 0)
  return `${head}${sum % 11 === 10 ? 'X' : sum % 11}${tail}`
}

/** Mobile number with the prefix 154 (see data/city/SOURCE.md). Different serials below 10⁸ differ. */
export function mobile(serial: number): string {
  return `154${String(spread(serial, 1e8)).padStart(8, '0')}`
}

/** Shuffles the whole numbers below `size`, one to one. */
export function spread(serial: number, size: number): number {
  return Number((BigInt(serial) * 48271391n + 7919n) % BigInt(size))
}

function inBase(value: number, signs: string, length: number): string {
  let text = ''
  let rest = value
  for (let i = 0; i < length; i++) {
    text = signs.charAt(rest % signs.length) + text
    rest = Math.floor(rest / signs.length)
  }
  return text
}
