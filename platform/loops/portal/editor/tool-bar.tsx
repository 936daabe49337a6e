import { DownloadOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Typography } from 'antd'
import { useLanguage, useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { ImportButton } from './import-button.tsx'
import type { Draft } from './model/draft.ts'
import type { Editor, Saving } from './use-editor.ts'

const SAID: Readonly<Record<Saving['state'], Words>> = {
  none: { zh: '修改后自动保存草稿', en: 'Changes are saved as a draft' },
  dirty: { zh: '正在保存…', en: 'Saving…' },
  saved: { zh: '草稿已自动保存', en: 'Draft saved' },
  refused: { zh: '草稿未能保存', en: 'The draft is not saved' },
}

/** Undo, redo, files, and whether the draft is saved. */
export function ToolBar({ editor }: { readonly editor: Editor }) {
  const t = useWords()
  const { language } = useLanguage()
  const download = async () => {
    const { writeBpmn } = await import('./bpmn/write-bpmn.ts')
    save(await writeBpmn(editor.draft, language), `${t(editor.draft.title) || editor.id}.bpmn`)
  }
  return (
    <>
      <Typography.Text type={editor.saving.state === 'refused' ? 'danger' : 'secondary'} className="dz-saving">
        <span role="status">{t(SAID[editor.saving.state])}</span>
      </Typography.Text>
      <Button icon={<UndoOutlined />} disabled={!editor.canUndo} onClick={editor.undo}>
        {t({ zh: '撤销', en: 'Undo' })}
      </Button>
      <Button icon={<RedoOutlined />} disabled={!editor.canRedo} onClick={editor.redo}>
        {t({ zh: '重做', en: 'Redo' })}
      </Button>
      <ImportButton into={{ id: editor.id, take: (draft) => editor.edit('import', titled(draft, editor.draft)) }} />
      <Button icon={<DownloadOutlined />} onClick={() => void download()}>
        {t({ zh: '导出 BPMN 文件', en: 'Export as BPMN' })}
      </Button>
    </>
  )
}

/** A file without a name of its own does not take the title away. */
const titled = (read: Draft, before: Draft): Draft =>
  read.title.zh === before.id ? { ...read, title: before.title } : read

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/xml' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
