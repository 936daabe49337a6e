import { Result } from 'antd'
import { PageFrame, PageLink, useWords } from '#portal/ui'

/** No page has this address. */
export function NotFoundPage() {
  const t = useWords()
  return (
    <main id="main" className="dz-main">
      <PageFrame title={{ zh: '没有这个页面', en: 'No such page' }}>
        <Result
          status="404"
          subTitle={t({
            zh: '地址可能写错了，或者页面已经移走。',
            en: 'The address may be wrong, or the page has moved.',
          })}
          extra={<PageLink to="/">{t({ zh: '回到工作台', en: 'Back to the workbench' })}</PageLink>}
        />
      </PageFrame>
    </main>
  )
}
