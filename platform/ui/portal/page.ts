import type { ComponentType } from 'react'
import type { Words } from '../../runtime/words.ts'

/** A page of the portal. A module lists its pages in `portal/pages.ts`; the shell finds the file by its place. */
export interface Page {
  /** TanStack Router path, e.g. `/air/stations/$code`. */
  readonly path: string
  readonly title: Words
  /** Right without which neither the menu nor the page shows; absent: anybody signed in. */
  readonly right?: string
  /** No sign-in asked: shown to everybody in the frame of the public site, or alone if `bare`. */
  readonly open?: true
  /** Place of an open page in the bar of the public site. */
  readonly bar?: number
  /** Place in the menu; a page without one is reached by links only. */
  readonly menu?: { readonly group: MenuGroup; readonly order: number }
  /** Path of the menu's page that it belongs to; unless said the one with whose path its own begins. */
  readonly under?: string
  /** Fills the screen without the shell, e.g. the wall cockpit. */
  readonly bare?: true
  /** Loaded when visited. */
  readonly load: () => Promise<ComponentType>
}

/** A box on the workbench. A module lists its own as `cards` beside `pages` in `portal/pages.ts`. */
export interface WorkbenchCard {
  /** `<module>.<noun>`, e.g. `loops.to-dos`. */
  readonly id: string
  readonly title: Words
  /** Right without which it does not show; absent: anybody signed in. */
  readonly right?: string
  /** From the top; the shell's own are 0 (to-dos), 10 (warnings), 20 (notices). */
  readonly order: number
  /** Page that shows more of it. */
  readonly more?: string
  /** Takes the whole width on wide screens. */
  readonly wide?: true
  readonly load: () => Promise<ComponentType>
}

/** The shell's menu, in this order. */
export type MenuGroup = 'work' | 'loops' | 'city' | 'data' | 'rules' | 'admin'
