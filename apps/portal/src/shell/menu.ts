import type { Me, MenuGroup, Page } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { pages } from '../pages.ts'

const GROUPS: Readonly<Record<MenuGroup, Words>> = {
  work: { zh: '我的工作', en: 'My work' },
  loops: { zh: '闭环', en: 'Loops' },
  city: { zh: '城市运行', en: 'The city' },
  data: { zh: '数据', en: 'Data' },
  rules: { zh: '规则', en: 'Rules' },
  admin: { zh: '管理', en: 'Administration' },
}

export interface MenuPart {
  readonly group: MenuGroup
  readonly title: Words
  readonly pages: readonly Page[]
}

/** Whether a person may open a page. */
const mayOpen = (me: Me, page: Page): boolean => page.right === undefined || me.rights[page.right] !== undefined

/** The menu of a person: groups in their order, each with the pages that the rights allow. */
export function menuOf(me: Me): readonly MenuPart[] {
  const groups = Object.keys(GROUPS) as MenuGroup[]
  return groups
    .map((group) => ({
      group,
      title: GROUPS[group],
      pages: pages
        .filter((page) => page.menu?.group === group && mayOpen(me, page))
        .toSorted((a, b) => (a.menu?.order ?? 0) - (b.menu?.order ?? 0)),
    }))
    .filter((part) => part.pages.length > 0)
}

/** The menu's page that an address belongs to: its own, the one it says, or the longest path it begins with. */
export function menuPageOf(parts: readonly MenuPart[], address: string): string | undefined {
  const paths = parts.flatMap((part) => part.pages.map((page) => page.path))
  if (paths.includes(address)) return address
  const said = pages.find(({ path, under }) => under !== undefined && isOf(path, address))?.under
  if (said !== undefined && paths.includes(said)) return said
  const fitting = paths.filter((path) => path !== '/' && address.startsWith(`${path}/`))
  return fitting.toSorted((a, b) => b.length - a.length)[0]
}

/** Whether an address is one of a path with parameters. */
const isOf = (path: string, address: string): boolean =>
  new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/]+')}$`).test(address)
