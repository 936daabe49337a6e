import type { Page } from '#portal/ui'
import { ownPages } from './own-pages.ts'

const modules = import.meta.glob<{ readonly pages: readonly Page[] }>(
  ['../../../platform/*/portal/pages.ts', '../../../domains/*/*/portal/pages.ts'],
  { eager: true },
)

/** Every page of the portal: the shell's own and those of all modules. */
export const pages: readonly Page[] = [...ownPages, ...Object.values(modules).flatMap((module) => module.pages)]
