import { Alert, Button, Flex, Input, Popconfirm, Typography } from 'antd'
import { useState } from 'react'
import { Failure, useWords } from '#portal/ui'
import { Labelled } from '../inputs/labelled.tsx'
import { changesBetween } from '../model/changes.ts'
import { store } from '../queries.ts'
import type { Editor } from '../use-editor.ts'
import type { PanelProps } from './panel.tsx'
import { Versions } from './versions.tsx'

/** What has changed, what that means for running matters, the button, and the versions so far. */
export function PublishPanel({ editor, detail, again }: PanelProps) {
  const t = useWords()
  const { draft, inForce, mistakes } = editor
  const changes = changesBetween(inForce, draft)
  const isSame = inForce !== null && changes.length === 0
  return (
    <>
      {isSame ? (
        <Alert
          type="info"
          title={t({ zh: '与生效版本相同，没有可发布的改动。', en: 'Nothing differs from what is in force.' })}
        />
      ) : (
        <>
          <Changes editor={editor} />
          {(mistakes?.length ?? 0) > 0 ? (
            <Alert
              type="warning"
              showIcon
              title={t({ zh: '先改正上面列出的问题，再发布。', en: 'Put right what is listed above first.' })}
            />
          ) : (
            <PublishForm editor={editor} again={again} />
          )}
        </>
      )}
      {detail.draft && detail.body && <Drop editor={editor} again={again} />}
      {detail.versions.length > 0 && <Versions editor={editor} versions={detail.versions} again={again} />}
    </>
  )
}

function Changes({ editor: { draft, inForce, running } }: { readonly editor: Editor }) {
  const t = useWords()
  if (!inForce)
    return (
      <p>
        {t({ zh: '首次发布，此后可以发起这类事项。', en: 'The first version; matters can be opened from then on.' })}
      </p>
    )
  return (
    <div>
      <strong>{t({ zh: '与生效版本相比：', en: 'Against what is in force:' })}</strong>
      <ul>
        {changesBetween(inForce, draft).map((change) => (
          <li key={change.zh}>{t(change)}</li>
        ))}
      </ul>
      {running > 0 &&
        t({
          zh: `${running} 件在办事项仍按原来的版本办理；发布后可在下面“各版本”中转入新版。`,
          en: `${running} running matters keep their version; after publishing they can be moved under "Versions" below.`,
        })}
    </div>
  )
}

type FormProps = Pick<PanelProps, 'editor' | 'again'>

function PublishForm({ editor, again }: FormProps) {
  const t = useWords()
  const [note, setNote] = useState(editor.inForce ? '' : t({ zh: '首次发布', en: 'First version' }))
  const [isBusy, setBusy] = useState(false)
  const isEmpty = note.trim() === ''
  const [error, setError] = useState<unknown>()
  const publish = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const revision = await editor.saving.save()
      if (revision === undefined) return
      const { version } = await store.publish(editor.id, revision, note.trim())
      await again(version)
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Labelled required label={{ zh: '这次改了什么（记入版本）', en: 'What this version is for' }}>
        {(id) => (
          <Input id={id} aria-required maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Labelled>
      {error !== undefined && <Failure error={error} />}
      <Flex wrap gap="small" align="center">
        <Button type="primary" disabled={isEmpty} loading={isBusy} onClick={() => void publish()}>
          {t({ zh: '发布', en: 'Publish' })}
        </Button>
        {isEmpty && (
          <Typography.Text type="secondary">
            {t({ zh: '先写明这次改了什么，才能发布', en: 'Say first what this version is for' })}
          </Typography.Text>
        )}
      </Flex>
    </>
  )
}

function Drop({ editor, again }: FormProps) {
  const t = useWords()
  return (
    <Popconfirm
      title={t({ zh: '放弃草稿，回到生效的版本？', en: 'Drop the draft and go back to what is in force?' })}
      okText={t({ zh: '放弃', en: 'Drop' })}
      cancelText={t({ zh: '取消', en: 'Cancel' })}
      onConfirm={async () => {
        await store.drop(editor.id)
        await again()
      }}
    >
      <Button danger>{t({ zh: '放弃草稿', en: 'Drop the draft' })}</Button>
    </Popconfirm>
  )
}
