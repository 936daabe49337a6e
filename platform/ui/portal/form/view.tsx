import { Descriptions } from 'antd'
import { type FormField, type FormSchema, formFields } from '#portal/forms'
import type { Words } from '../../../runtime/words.ts'
import { useWords } from '../language.tsx'
import { OrganisationName } from '../names.tsx'
import { When } from '../when.tsx'
import type { FormValue } from './schema-form.tsx'

/** The read-only view itself; pages use `FormView`. */
export function View({ schema, value }: { readonly schema: FormSchema; readonly value: FormValue }) {
  const t = useWords()
  return (
    <Descriptions
      column={{ xs: 1, sm: 1, md: 2, lg: 2, xl: 3, xxl: 3 }}
      items={formFields(schema).map((field) => ({
        key: field.name,
        label: t(field.title),
        children: <Shown field={field} value={value[field.name]} />,
      }))}
    />
  )
}

function Shown({ field, value }: { readonly field: FormField; readonly value: unknown }) {
  const t = useWords()
  if (value === undefined || value === null || value === '') return <span>—</span>
  switch (field.kind) {
    case 'instant':
      return <When at={String(value)} />
    case 'boolean':
      return <span>{t(value === true ? YES : NO)}</span>
    case 'organisation':
      return <OrganisationName id={String(value)} />
    case 'organisations':
      return (
        <ul className="dz-plain-list">
          {(value as string[]).map((id) => (
            <li key={id}>
              <OrganisationName id={id} />
            </li>
          ))}
        </ul>
      )
    case 'code':
      return <span>{t(field.choices?.find((choice) => choice.value === value)?.title ?? same(String(value)))}</span>
    case 'point': {
      const { lng, lat } = value as { lng: number; lat: number }
      return <span>{`${lng}, ${lat}`}</span>
    }
    case 'files':
      return (
        <ul className="dz-plain-list">
          {(value as string[]).map((file, place) => (
            <li key={file}>
              <a href={`/api/files/${file}`}>{t({ zh: `文件 ${place + 1}`, en: `File ${place + 1}` })}</a>
            </li>
          ))}
        </ul>
      )
    case 'json':
      return <pre className="dz-code">{JSON.stringify(value, null, 2)}</pre>
    default:
      return <span>{field.unit ? `${String(value)} ${field.unit}` : String(value)}</span>
  }
}

const YES = { zh: '是', en: 'Yes' }
const NO = { zh: '否', en: 'No' }
const same = (text: string): Words => ({ zh: text, en: text })
