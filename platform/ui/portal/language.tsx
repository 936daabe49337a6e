import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import type { Language, Words } from '../../runtime/words.ts'

interface LanguageState {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
}

const Context = createContext<LanguageState>({ language: 'zh', setLanguage: () => undefined })
const KEY = 'daizong.language'

/** Keeps the reader's language; Chinese until told otherwise. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => (localStorage.getItem(KEY) === 'en' ? 'en' : 'zh'))
  useEffect(() => {
    localStorage.setItem(KEY, language)
    document.documentElement.lang = language
  }, [language])
  return <Context value={{ language, setLanguage }}>{children}</Context>
}

export const useLanguage = () => useContext(Context)

/** `const t = useWords(); t({ zh: '保存', en: 'Save' })` */
export function useWords(): (words: Words) => string {
  const { language } = useLanguage()
  return useCallback((words: Words) => words[language], [language])
}

const MARKS = {
  zh: { list: '、', sentences: '；', colon: '：', before: '（', after: '）' },
  en: { list: ', ', sentences: '; ', colon: ': ', before: ' (', after: ')' },
} as const

/** Punctuation of the reader's language, for words that are put together. */
export function useMarks() {
  const marks = MARKS[useLanguage().language]
  return { ...marks, inBrackets: (text: string): string => `${marks.before}${text}${marks.after}` }
}
