import { Flex } from 'antd'
import { PageLink, useMe, useWords } from '#portal/ui'
import { menuOf } from '../shell/menu.ts'

/** The first page of every part of the menu that the person may open. */
export function QuickLinks() {
  const t = useWords()
  const parts = menuOf(useMe())
  return (
    <ul className="dz-plain-list">
      {parts.map((part) => (
        <li key={part.group}>
          <Flex gap="small" wrap>
            <strong>{t(part.title)}</strong>
            {part.pages.map((page) => (
              <PageLink key={page.path} to={page.path}>
                {t(page.title)}
              </PageLink>
            ))}
          </Flex>
        </li>
      ))}
    </ul>
  )
}
