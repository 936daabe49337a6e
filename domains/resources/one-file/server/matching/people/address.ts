import { textKey } from '../model.ts'

/** What exports leave out at the beginning: province and city. */
const HEAD =
  /^(?:[\p{Script=Han}]{2,3}(?:省|自治区))?(?:[\p{Script=Han}]{2,4}市(?=[\p{Script=Han}]{1,6}(?:区|县|市)))?/u

/** Keys of a whole address and of its area: all before the first digit. 0 stands for none. */
export function addressKeys(text: string): { readonly whole: number; readonly area: number } {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s,，。;；]/g, '')
    .replace(HEAD, '')
  if (plain === '') return { whole: 0, area: 0 }
  return { whole: textKey(plain), area: textKey(plain.replace(/\d.*$/, '')) }
}
