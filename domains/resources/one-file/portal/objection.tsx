import { useMutation } from '@tanstack/react-query'
import { Alert, Input, Modal } from 'antd'
import { useState } from 'react'
import { api, Failure, PageLink, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { FileField, FileValue } from '../types.ts'

/** A record of a file, or one value of it. */
export interface Objected {
  /** `dataset/row/part` */
  readonly record: string
  readonly title: Words
  /** Title of the field. */
  readonly field?: string
}

export const valueObjected = ({ title }: FileField, { dataset, row, part }: FileValue): Objected => ({
  record: `${dataset}/${row}/${part}`,
  title,
  field: title.zh,
})

interface Props {
  /** Where objections of this file go. */
  readonly path: string
  readonly about: Objected | undefined
  readonly onClose: () => void
}

/** Says to the source that a record is wrong. */
export function Objection({ path, about, onClose }: Props) {
  const t = useWords()
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: ({ record, field }: Objected) => api.post<{ loop: string }>(path, { record, field, text }),
  })
  const close = () => {
    send.reset()
    setText('')
    onClose()
  }
  return (
    <Modal
      open={about !== undefined}
      title={about && t({ zh: `对“${about.title.zh}”提出异议`, en: `Object to "${about.title.en}"` })}
      okText={t({ zh: '提交', en: 'Send' })}
      okButtonProps={{ disabled: text.trim().length < 2 || send.data !== undefined, loading: send.isPending }}
      cancelText={t({ zh: '关闭', en: 'Close' })}
      onOk={() => about && send.mutate(about)}
      onCancel={close}
    >
      <Input.TextArea
        aria-label={t({ zh: '哪里不对，应当是什么', en: 'What is wrong, and what it should be' })}
        placeholder={t({ zh: '哪里不对，应当是什么', en: 'What is wrong, and what it should be' })}
        rows={4}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {send.error && <Failure error={send.error} />}
      {send.data && (
        <Alert
          type="success"
          showIcon
          title={t({ zh: '已交给数据来源单位核实', en: 'The source of the data will check it' })}
          action={<PageLink to={`/loops/${send.data.loop}`}>{t({ zh: '查看进度', en: 'See how it goes' })}</PageLink>}
        />
      )}
    </Modal>
  )
}
