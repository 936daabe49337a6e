import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { api, useLanguage, useWords } from '#portal/ui'

interface Division {
  readonly code: string
  readonly level: string
  readonly name: string
  readonly nameEn: string | null
}

/** Chooses a division whose boundary is known, by name or code. */
export function DivisionPicker(props: {
  readonly value?: string | undefined
  readonly onChange?: (code: string | undefined) => void
  /** Only this level; counties and below unless said. */
  readonly level?: 'city' | 'county' | 'town' | 'village' | 'grid'
  readonly id?: string
}) {
  const { value, onChange, level, id } = props
  const t = useWords()
  const { language } = useLanguage()
  const { data = [], isPending } = useQuery({
    queryKey: ['map', 'boundaries', level ?? 'all'],
    queryFn: () => api.get<Division[]>('/api/map/boundaries', { level }),
    staleTime: 600_000,
  })
  const offered = data.filter((division) => division.level === level || (!level && division.level !== 'city'))
  return (
    <Select
      {...(id ? { id } : {})}
      {...(value === undefined ? {} : { value })}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isPending}
      aria-label={t({ zh: '区划', en: 'Division' })}
      placeholder={t({ zh: '选择区划', en: 'Choose a division' })}
      style={{ minWidth: 180 }}
      options={offered.map(({ code, name, nameEn }) => ({
        value: code,
        label: `${(language === 'en' && nameEn) || name} ${code}`,
      }))}
      onChange={(code?: string) => onChange?.(code)}
    />
  )
}
