import { expect, test } from 'vitest'
import { checkCitizenNumber, citizenCheckDigit, upgradeCitizenNumber } from './citizen.ts'
import { checkCreditCode, creditCheckDigit } from './credit-code.ts'

test('citizen numbers: the example of GB 11643-1999 and each way to be wrong', () => {
  expect(checkCitizenNumber('11010519491231002X')).toBeUndefined()
  expect(citizenCheckDigit('44052418800101001')).toBe('4')
  expect(checkCitizenNumber('110105194912310021')?.en).toContain('check digit')
  expect(checkCitizenNumber('11010519490231002X')?.en).toContain('birth date')
  expect(checkCitizenNumber('99010519491231002X')?.en).toContain('region')
  expect(checkCitizenNumber('1101051949123100')?.en).toContain('18')
  expect(checkCitizenNumber(upgradeCitizenNumber('110105491231002'))).toBeUndefined()
})

test('credit codes: a known one, its inner organisation code and each way to be wrong', () => {
  expect(checkCreditCode('91350100M000100Y43')).toBeUndefined()
  expect(creditCheckDigit('91350100M000100Y4')).toBe('3')
  expect(checkCreditCode('91350100M000100Y44')?.en).toContain('check character of the credit code')
  expect(checkCreditCode('91350100M000100Z43')?.en).toContain('18 digits')
  expect(checkCreditCode('91350100M000101Y43')?.en).toContain('organisation code')
})
