import type { Page, WorkbenchCard } from '#portal/ui'
import { ownCards } from './own-cards.ts'
import { ownPages } from './own-pages.ts'

const modules = import.meta.glob<{ readonly pages: readonly Page[]; readonly cards?: readonly WorkbenchCard[] }>(
  ['../../../platform/*/portal/pages.ts', '../../../domains/*/*/portal/pages.ts'],
  { eager: true },
)

/** Every page of the portal: the shell's own and those of all modules. */
export const pages: readonly Page[] = [...ownPages, ...Object.values(modules).flatMap((module) => module.pages)]

/** Every box of the workbench, in its order. */
export const cards: readonly WorkbenchCard[] = [
  ...ownCards,
  ...Object.values(modules).flatMap((module) => module.cards ?? []),
].toSorted((a, b) => a.order - b.order)
