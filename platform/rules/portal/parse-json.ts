import { ApiError } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

/** @throws ApiError in plain words, shown like an answer of the server */
export function parseJson(text: string, t: (words: Words) => string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const title = t({
      zh: '内容不是有效的 JSON，请检查括号和引号',
      en: 'This is not valid JSON; check brackets and quotes',
    })
    throw new ApiError({ status: 422, code: 'json', title })
  }
}
