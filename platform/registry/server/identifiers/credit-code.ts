import type { Words } from '../../../runtime/words.ts'

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

const SHAPE: Words = {
  zh: '统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）',
  en: 'A credit code has 18 digits or capitals without I, O, S, V, Z',
}
const ORGANISATION: Words = {
  zh: '统一社会信用代码中组织机构代码的校验码不对',
  en: 'The check character of the organisation code within the credit code is wrong',
}
const CHECK: Words = {
  zh: '统一社会信用代码的校验码不对，请核对',
  en: 'The check character of the credit code is wrong',
}

/** Check character of the first 17 signs [GB 32100-2015, 5.5]. */
export function creditCheckDigit(signs: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += SIGNS.indexOf(signs[i] ?? '') * (WEIGHTS[i] ?? 0)
  return SIGNS[(31 - (sum % 31)) % 31] ?? ''
}

/** What is wrong with a unified social credit code: signs, inner organisation code [GB 11714], check character. */
export function checkCreditCode(value: string): Words | undefined {
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(value)) return SHAPE
  if (organisationCheck(value.slice(8, 16)) !== value[16]) return ORGANISATION
  return creditCheckDigit(value) === value[17] ? undefined : CHECK
}

/** Check character of an eight-sign organisation code [GB 11714-1997, 3.3]. */
function organisationCheck(code: string): string {
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const sign = code.charCodeAt(i)
    sum += (sign < 65 ? sign - 48 : sign - 55) * (ORGANISATION_WEIGHTS[i] ?? 0)
  }
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}
