export { ApiError, type ApiProblem, address, api } from './api.ts'
export { LanguageProvider, useLanguage, useWords } from './language.tsx'
export type { MenuGroup, Page } from './page.ts'
