import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Button, Flex, Typography } from 'antd'
import type { CSSProperties } from 'react'
import { api, DataState, PageFrame, PageLink, useWords } from '#portal/ui'
import './letter.css'

interface Page {
  readonly paper: { readonly width: number; readonly height: number }
  readonly top: number
  readonly left: number
  readonly block: { readonly width: number }
  readonly pitch: number
  readonly type: { readonly head: number; readonly title: number; readonly body: number }
  readonly headTop: { readonly letter: number; readonly document: number }
  readonly ruleBelow: number
  readonly rule: { readonly letter: number; readonly document: number }
  readonly footRule: number
  readonly red: string
}
interface View {
  readonly letter: {
    readonly form: 'letter' | 'document'
    readonly issuer: string
    readonly number: string
    readonly title: string
    readonly addressee: string
    readonly paragraphs: readonly string[]
    readonly date: string
    readonly answerBy: string
    readonly packs: readonly string[]
  }
  readonly page: Page
  readonly task: string
  readonly loop: string
  readonly file: string
}

/** A letter of the ladder on its page, ready to print. */
export function LetterPage() {
  const t = useWords()
  const { id = '' } = useParams({ strict: false })
  const query = useQuery({
    queryKey: ['supervision', 'letter', id],
    queryFn: () => api.get<View>(`/api/supervision/letters/${encodeURIComponent(id)}`),
  })
  const view = query.data
  return (
    <PageFrame
      title={view?.letter.number ?? { zh: '督办文书', en: 'Letter of supervision' }}
      {...(view ? { lang: 'zh' } : {})}
      above={[
        { title: { zh: '督查督办', en: 'Supervision' }, path: '/supervision' },
        ...(view ? [{ title: { zh: '督查任务', en: 'Task' }, path: `/supervision/tasks/${view.task}` }] : []),
      ]}
      extra={
        view && (
          <>
            <Button type="primary" onClick={() => window.print()}>
              {t({ zh: '打印', en: 'Print' })}
            </Button>
            <Button href={`/api/files/${view.file}`}>{t({ zh: '下载 Word', en: 'Download Word' })}</Button>
          </>
        )
      }
    >
      <DataState query={query}>
        {({ letter, page, loop }) => (
          <Flex vertical gap="small">
            <Typography.Text type="secondary">
              {`${t({ zh: '反馈时限', en: 'Answer due' })} ${letter.answerBy} · `}
              <PageLink to={`/loops/${loop}`}>{`${t({ zh: '事项', en: 'Matter' })} #${loop}`}</PageLink>
              {` · ${t({ zh: '版面和用语依据', en: 'Page and wording by' })} ${letter.packs.join(', ')}`}
            </Typography.Text>
            <Sheet letter={letter} page={page} />
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

const printed = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

function Sheet({ letter, page }: Pick<View, 'letter' | 'page'>) {
  const t = useWords()
  const measures = {
    '--paper-width': `${page.paper.width}mm`,
    '--paper-height': `${page.paper.height}mm`,
    '--top': `${page.top}mm`,
    '--left': `${page.left}mm`,
    '--block': `${page.block.width}mm`,
    '--pitch': `${page.pitch}mm`,
    '--head-size': `${page.type.head}pt`,
    '--title-size': `${page.type.title}pt`,
    '--body-size': `${page.type.body}pt`,
    '--head-top': `${page.headTop[letter.form]}mm`,
    '--rule': `${page.rule[letter.form]}mm`,
    '--rule-below': `${page.ruleBelow}mm`,
    '--foot-rule': `${page.footRule}mm`,
    '--red': page.red,
  } as CSSProperties
  const isLetter = letter.form === 'letter'
  return (
    <section className="sup-desk" aria-label={t({ zh: '文书全文', en: 'Text of the letter' })}>
      <article lang="zh" className={`sup-sheet sup-${letter.form}`} style={measures}>
        <header>
          <p className="sup-issuer">{isLetter ? letter.issuer : `${letter.issuer}文件`}</p>
          {!isLetter && <p className="sup-number">{letter.number}</p>}
        </header>
        {isLetter && <p className="sup-number">{letter.number}</p>}
        <h2>{letter.title}</h2>
        <p>{letter.addressee}：</p>
        {letter.paragraphs.map((text) => (
          <p key={text} className="sup-text">
            {text}
          </p>
        ))}
        <footer>
          <p>{letter.issuer}</p>
          <p>{printed(letter.date)}</p>
        </footer>
      </article>
    </section>
  )
}
