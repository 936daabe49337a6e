import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** Shorter texts look like both encodings by chance. */
const SHORTEST = 3
const CHINESE = /^[\u4e00-\u9fff\u3400-\u4dbf\u3000-\u303f\uff00-\uffef\w\s.,()-]+$/u
const OUTSIDE_ASCII = /[\u0080-\uffff]{2}/

/** Whether a text is worth looking at. */
export const isLookedAt = (text: string): boolean => text.length >= SHORTEST && OUTSIDE_ASCII.test(text)

/**
 * Whether a text is UTF-8 that somebody read as GBK and saved again (`娉板北甯?` for `泰安市`): its bytes in GB 18030 are
 * then UTF-8 of ordinary Chinese, but for a last letter that may have been lost.
 */
export function isMisread(text: string): boolean {
  const bytes = iconv.encode(text.replace(/[?\ufffd]+$/, ''), 'gb18030')
  for (let cut = 0; cut < 3; cut++) {
    const whole = bytes.subarray(0, bytes.length - cut)
    if (whole.length >= SHORTEST && isUtf8(whole)) {
      const back = whole.toString('utf8')
      return back.length < text.length && CHINESE.test(back)
    }
  }
  return false
}
