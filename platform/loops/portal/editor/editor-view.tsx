import { Alert, Button } from 'antd'
import { useEffect, useState } from 'react'
import { PageFrame, useWords } from '#portal/ui'
import { OpenOne } from '../open-loop.tsx'
import { Drawing } from './drawing.tsx'
import { Guide } from './guide.tsx'
import { Panel } from './panels/panel.tsx'
import { ToolBar } from './tool-bar.tsx'
import type { DefinitionDetail, Parts } from './types.ts'
import { type Editor, useEditor } from './use-editor.ts'

interface EditorViewProps {
  readonly detail: DefinitionDetail
  readonly parts: Parts
  /** Reads the definition anew and begins again. */
  readonly again: (published?: number) => Promise<void>
  /** Version that has just been published here. */
  readonly published: number | undefined
}

/** The guide above, the drawing in the middle, and beside it what is chosen. */
export function EditorView({ detail, parts, again, published }: EditorViewProps) {
  const t = useWords()
  const editor = useEditor(detail, parts, published === undefined ? 'name' : 'publish')
  const [at, setAt] = useState<string>()
  useShortcuts(editor)
  const { problem } = editor.saving
  const title = t(editor.draft.title) || t({ zh: '未命名流程', en: 'Definition without a title' })
  return (
    <PageFrame
      title={title}
      above={[{ title: { zh: '流程定制', en: 'Definitions of matters' }, path: '/loops/definitions' }]}
      extra={<ToolBar editor={editor} />}
    >
      {problem && (
        <Alert
          type="error"
          showIcon
          title={problem}
          action={<Button onClick={() => void again()}>{t({ zh: '重新打开', en: 'Open again' })}</Button>}
        />
      )}
      {published !== undefined && (
        <Alert
          type="success"
          showIcon
          title={t({ zh: `第 ${published} 版已发布并生效`, en: `Version ${published} is published and in force` })}
          action={<OpenOne kind={editor.id} />}
        />
      )}
      <Guide editor={editor} />
      <div className="dz-editor">
        <Drawing editor={editor} at={editor.stage === 'try' ? at : undefined} />
        <Panel editor={editor} detail={detail} again={again} onTrial={setAt} />
      </div>
    </PageFrame>
  )
}

/** Ctrl+Z and Ctrl+Y, unless a text is being typed. */
function useShortcuts({ undo, redo }: Editor): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isText = event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]')
      if (isText || !(event.ctrlKey || event.metaKey)) return
      const key = event.key.toLowerCase()
      const turn = key === 'y' || (key === 'z' && event.shiftKey) ? redo : key === 'z' ? undo : undefined
      if (!turn) return
      event.preventDefault()
      turn()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [undo, redo])
}
