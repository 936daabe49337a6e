import { Failure, PageFrame } from '#portal/ui'

/** Shown in place of a page that broke; the rest of the portal stays usable. */
export function Fault({ error, reset }: { readonly error: unknown; readonly reset?: () => void }) {
  return (
    <main id="main" className="dz-main">
      <PageFrame title={{ zh: '页面出错', en: 'The page failed' }}>
        <Failure error={error} retry={reset ?? (() => location.reload())} />
      </PageFrame>
    </main>
  )
}
