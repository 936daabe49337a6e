import { UploadOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Upload } from 'antd'
import { useState } from 'react'
import { ApiError, api } from './api.ts'
import { useWords } from './language.tsx'

/** A stored file as the portal shows it. */
export interface FileSummary {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

export interface FileUploadProps {
  /** Ids of the files. */
  readonly value: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  /** What the files are for, e.g. `loop`. */
  readonly for: string
  readonly max?: number
  readonly disabled?: boolean
  readonly id?: string
}

/** Uploads files to the documents capability at once and gives back their ids; each shows its progress and fault. */
export function FileUpload({ value, onChange, for: purpose, max = 20, disabled = false, id }: FileUploadProps) {
  const t = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [names, setNames] = useState<Readonly<Record<string, string>>>({})
  const [waiting, setWaiting] = useState(0)
  const send = async (file: File) => {
    const form = new FormData()
    form.append('for', purpose)
    form.append('file', file)
    setWaiting((n) => n + 1)
    try {
      const stored = await api.post<FileSummary>('/api/files', form)
      setNames((known) => ({ ...known, [stored.id]: stored.name }))
      onChange([...value, stored.id])
      await queries.invalidateQueries({ queryKey: ['files'] })
    } catch (error) {
      void message.error(error instanceof ApiError ? error.problem.title : t({ zh: '上传失败', en: 'Upload failed' }))
    } finally {
      setWaiting((n) => n - 1)
    }
  }
  return (
    <Upload
      {...(id ? { id } : {})}
      multiple
      disabled={disabled}
      fileList={value.map((file) => ({
        uid: file,
        name: names[file] ?? file,
        status: 'done',
        url: `/api/files/${file}`,
      }))}
      beforeUpload={(file) => {
        void send(file)
        return false
      }}
      onRemove={(file) => onChange(value.filter((other) => other !== file.uid))}
    >
      <Button icon={<UploadOutlined />} loading={waiting > 0} disabled={disabled || value.length >= max}>
        {t({ zh: '选择文件', en: 'Choose files' })}
      </Button>
    </Upload>
  )
}
