import { ImportOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Upload } from 'antd'
import { useWords } from '#portal/ui'
import { ProductError } from '../../../runtime/errors.ts'
import type { Words } from '../../../runtime/words.ts'
import { type Draft, freshId } from './model/draft.ts'
import { store } from './queries.ts'

const TYPES = '.bpmn,.xml'
const LARGEST = 5_000_000

/** Takes a BPMN file as the start of a new definition, or of the open one. */
export function ImportButton({
  into,
}: {
  readonly into?: { readonly id: string; readonly take: (draft: Draft) => void }
}) {
  const t = useWords()
  const navigate = useNavigate()
  const { message, modal } = App.useApp()
  const say = (notices: readonly Words[]) =>
    notices.length > 0 &&
    modal.info({
      title: t({ zh: '读入时的变化', en: 'What was read otherwise' }),
      content: (
        <ul>
          {notices.map((notice) => (
            <li key={notice.zh}>{t(notice)}</li>
          ))}
        </ul>
      ),
    })
  const read = async (file: File) => {
    try {
      const { readBpmn } = await import('./bpmn/read-bpmn.ts')
      const id = into?.id ?? freshId()
      const { draft, notices } = await readBpmn(await textOf(file), id)
      if (into) into.take(draft)
      else {
        await store.save(id, draft, 0)
        await navigate({ to: `/loops/definitions/${id}` as string })
      }
      say(notices)
    } catch (error) {
      message.error(t(problemOf(error)))
    }
  }
  return (
    <Upload
      accept={TYPES}
      showUploadList={false}
      beforeUpload={(file) => {
        void read(file)
        return false
      }}
    >
      <Button icon={<ImportOutlined />}>{t({ zh: '导入 BPMN 文件', en: 'Import a BPMN file' })}</Button>
    </Upload>
  )
}

const textOf = (file: File): Promise<string> => (file.size > LARGEST ? Promise.resolve('') : file.text())

const problemOf = (error: unknown): Words => {
  if (error instanceof ProductError) return error.words
  const text = error instanceof Error ? error.message : ''
  return { zh: text || '文件读不出来', en: text || 'The file could not be read' }
}
