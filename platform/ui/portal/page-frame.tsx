import { Breadcrumb, Flex, Typography } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Words } from '../../runtime/words.ts'
import { useWords } from './language.tsx'
import { PageLink } from './page-link.tsx'

export interface PageFrameProps {
  /** Heading of the page and title of the window; text that is not product words (a name, a number) as a string. */
  readonly title: Words | string
  /** Language of a title that is not product words, where it is not the reader's. */
  readonly lang?: string
  /** What the page is for, one sentence. */
  readonly about?: Words | string
  /** Pages above this one, outermost first. */
  readonly above?: readonly { readonly title: Words | string; readonly path: string }[]
  /** Buttons beside the heading. */
  readonly extra?: ReactNode
  readonly children: ReactNode
}

let navigated = false
/** Called by the shell when the reader has gone to another page: its heading then takes the focus. */
export const noteNavigation = (): void => {
  navigated = true
}

/** Frame of every page: window title, breadcrumbs, the only `h1`, buttons; takes the focus after navigation. */
export function PageFrame({ title, lang, about, above = [], extra, children }: PageFrameProps) {
  const t = useWords()
  const text = (words: Words | string) => (typeof words === 'string' ? words : t(words))
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (navigated) heading.current?.focus({ preventScroll: true })
    navigated = false
  }, [])
  return (
    <Flex vertical gap="middle" className="dz-page">
      <title>{`${text(title)} · ${t({ zh: '岱宗', en: 'Daizong' })}`}</title>
      {above.length > 0 && (
        <nav aria-label={t({ zh: '所在位置', en: 'Breadcrumbs' })}>
          <Breadcrumb
            items={[
              ...above.map((page) => ({ title: <PageLink to={page.path}>{text(page.title)}</PageLink> })),
              { title: <span lang={lang}>{text(title)}</span> },
            ]}
          />
        </nav>
      )}
      <Flex wrap justify="space-between" align="center" gap="small">
        <div>
          <h1 ref={heading} tabIndex={-1} className="dz-heading" lang={lang}>
            {text(title)}
          </h1>
          {about && <Typography.Text type="secondary">{text(about)}</Typography.Text>}
        </div>
        {extra && (
          <Flex wrap gap="small">
            {extra}
          </Flex>
        )}
      </Flex>
      {children}
    </Flex>
  )
}
