import { AimOutlined } from '@ant-design/icons'
import { Button, Flex, InputNumber } from 'antd'
import { useWords } from '../language.tsx'
import type { InputProps } from './field-input.tsx'

interface Point {
  readonly lng?: number | null
  readonly lat?: number | null
}

const DECIMALS = 6

/** Longitude and latitude (WGS 84), typed in or taken from the device. */
export function PointInput({ id, label, value, onChange, invalid }: InputProps) {
  const t = useWords()
  const point = (value ?? {}) as Point
  const set = (change: Point) => {
    const { lng, lat } = { ...point, ...change }
    onChange(lng == null && lat == null ? undefined : { lng, lat })
  }
  const here = () =>
    navigator.geolocation.getCurrentPosition(({ coords }) =>
      onChange({ lng: Number(coords.longitude.toFixed(DECIMALS)), lat: Number(coords.latitude.toFixed(DECIMALS)) }),
    )
  const status = invalid ? { status: 'error' as const } : {}
  return (
    <Flex wrap gap="small">
      <InputNumber
        {...status}
        id={id}
        aria-label={`${label} ${t({ zh: '经度', en: 'longitude' })}`}
        placeholder={t({ zh: '经度', en: 'Longitude' })}
        value={point.lng ?? null}
        onChange={(lng) => set({ lng })}
      />
      <InputNumber
        {...status}
        aria-label={`${label} ${t({ zh: '纬度', en: 'latitude' })}`}
        placeholder={t({ zh: '纬度', en: 'Latitude' })}
        value={point.lat ?? null}
        onChange={(lat) => set({ lat })}
      />
      <Button icon={<AimOutlined />} onClick={here}>
        {t({ zh: '当前位置', en: 'Here' })}
      </Button>
    </Flex>
  )
}
