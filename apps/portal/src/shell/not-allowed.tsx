import { Result } from 'antd'
import type { Page } from '#portal/ui'
import { PageFrame, PageLink, useWords } from '#portal/ui'

/** The page exists, the right is missing. */
export function NotAllowed({ page }: { readonly page: Page }) {
  const t = useWords()
  return (
    <PageFrame title={page.title}>
      <Result
        status="403"
        subTitle={t({
          zh: '您当前的岗位没有此页的权限。可以切换岗位，或联系本单位管理员。',
          en: 'Your present post has no right to this page. Switch to another post, or ask the administrator of your unit.',
        })}
        extra={<PageLink to="/">{t({ zh: '回到工作台', en: 'Back to the workbench' })}</PageLink>}
      />
    </PageFrame>
  )
}
