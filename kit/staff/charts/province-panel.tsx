import { Alert, Button, Input, Upload } from 'antd'
import type { EChartsOption } from 'echarts'
import { type ReactNode, useState } from 'react'
import { useSpeech } from '../../language.tsx'
import { useRegionsUnder } from '../../regions.ts'
import { defineWords } from '../../words.ts'
import { type BroughtMap, readMap } from './brought-map.ts'
import { type ChartColumn, ChartPanel } from './chart-panel.tsx'
import type { ChartLook } from './look.ts'
import { provinceTiles, shortNameOf } from './province-tiles.ts'

const words = defineWords({
  bring: { zh: '用自备的审定地图', en: 'Use an approved map of your own' },
  tiles: { zh: '回到方格图', en: 'Back to the tiles' },
  help: {
    zh: '方格图不是地图，不表示边界。如需地图，请选择经审定的省级 GeoJSON 文件，并填写审图号；文件只在本页使用，不上传、不保存。',
    en: 'The tiles are no map and show no border. For a map choose an approved GeoJSON file of provinces and give its approval number; it is used in this page only, and neither sent nor kept.',
  },
  approval: { zh: '审图号', en: 'Approval number of the map' },
  choose: { zh: '选择 GeoJSON 文件', en: 'Choose a GeoJSON file' },
  notAMap: {
    zh: '文件里没有带六位区划代码（adcode）的省级区域。',
    en: 'The file has no provinces with their six-digit codes (adcode).',
  },
  province: { zh: '省份', en: 'Province' },
})

type ProvinceProps<Row> = {
  title: string
  rows: readonly Row[]
  codeOf: (row: Row) => string
  countOf: (row: Row) => number
  columns: ReadonlyArray<ChartColumn<Row>>
  pathOf: (row: Row) => string
  note?: ReactNode
}

/** Numbers by province: as tiles of one size, or on the approved map that somebody brings. */
export function ProvincePanel<Row extends object>(props: ProvinceProps<Row>) {
  const { rows, codeOf, countOf } = props
  const { say, language } = useSpeech()
  const [map, setMap] = useState<BroughtMap>()
  const provinces = useRegionsUnder('000000')
  const names = new Map(provinces.data?.map(({ code, name }) => [code, say(name)]))
  const valueAt = new Map(rows.map((row) => [codeOf(row), countOf(row)]))
  const codes = map ? map.codes : Object.keys(provinceTiles)
  const valueMax = Math.max(1, ...valueAt.values())
  const shortName = (code: string) => shortNameOf(code, names.get(code) ?? code, language)
  const tiles = codes.map((code) => ({ code, name: shortName(code), value: valueAt.get(code) ?? 0 }))
  return (
    <ChartPanel<Row>
      {...props}
      heightPixels={420}
      note={
        <>
          {props.note}
          <MapChoice map={map} onChange={setMap} />
        </>
      }
      map={map}
      columns={[
        {
          title: say(words.province),
          cell: (row) => names.get(codeOf(row)) ?? codeOf(row),
          pathOf: props.pathOf,
        },
        ...props.columns,
      ]}
      chart={(look) => (map ? mapOption(map, tiles, valueMax, look) : tileOption(tiles, valueMax, look))}
      pathAt={(index) => {
        const row = rows.find((each) => codeOf(each) === codes[index])
        return row && props.pathOf(row)
      }}
    />
  )
}

type Tile = { code: string; name: string; value: number }

function scaleOf(valueMax: number, { scale, ink }: ChartLook): NonNullable<EChartsOption['visualMap']> {
  const orient = 'horizontal' as const
  return {
    ...{ min: 0, max: valueMax, calculable: false, orient, left: 'center', bottom: 0, itemWidth: 14 },
    text: [String(valueMax), '0'],
    ...{ inRange: { color: [...scale] }, textStyle: { color: ink, fontSize: 13 } },
  }
}

function tileOption(tiles: readonly Tile[], valueMax: number, look: ChartLook): EChartsOption {
  const places = tiles.map(({ code }) => provinceTiles[code] ?? [0, 0])
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 44 },
    tooltip: { formatter: (shown: unknown) => tooltipOf(tiles, shown) },
    visualMap: { ...scaleOf(valueMax, look), dimension: 2 },
    xAxis: { type: 'category', data: Array.from({ length: 9 }, (_, index) => index), show: false },
    yAxis: { type: 'category', data: Array.from({ length: 8 }, (_, index) => index), show: false, inverse: true },
    series: [
      {
        type: 'heatmap',
        data: tiles.map(({ value }, index) => ({
          value: [...(places[index] ?? []), value],
          label: { color: value > valueMax / 2 ? look.paper : look.ink },
        })),
        label: {
          show: true,
          fontSize: 13,
          overflow: 'break',
          width: 84,
          formatter: ({ dataIndex }) => labelOf(tiles[dataIndex]),
        },
        itemStyle: { borderColor: look.paper, borderWidth: 3, borderRadius: 6 },
        emphasis: { itemStyle: { borderColor: look.ink } },
      },
    ],
  }
}

function mapOption({ name }: BroughtMap, tiles: readonly Tile[], valueMax: number, look: ChartLook): EChartsOption {
  return {
    tooltip: { formatter: (shown: unknown) => tooltipOf(tiles, shown) },
    visualMap: scaleOf(valueMax, look),
    series: [
      {
        type: 'map',
        map: name,
        nameProperty: 'adcode',
        data: tiles.map(({ code, value }) => ({ name: code, value })),
        itemStyle: { borderColor: look.quiet },
        label: { show: false },
      },
    ],
  }
}

function labelOf(tile: Tile | undefined): string {
  if (!tile) return ''
  return tile.value === 0 ? tile.name : `${tile.name}\n${tile.value}`
}

function tooltipOf(tiles: readonly Tile[], shown: unknown): string {
  const index = typeof shown === 'object' && shown !== null && 'dataIndex' in shown ? Number(shown.dataIndex) : -1
  const tile = tiles[index]
  return tile ? `${tile.name}: ${tile.value}` : ''
}

/** Where somebody brings an approved map; its approval number stands under it. */
function MapChoice({
  map,
  onChange,
}: {
  map: BroughtMap | undefined
  onChange: (map?: BroughtMap) => void
}): ReactNode {
  const { say } = useSpeech()
  const [isOpen, setOpen] = useState(false)
  const [approval, setApproval] = useState('')
  const [isWrong, setWrong] = useState(false)
  if (map) {
    return (
      <p>
        {say(words.approval)}: {map.approval}{' '}
        <Button size="small" onClick={() => onChange(undefined)}>
          {say(words.tiles)}
        </Button>
      </p>
    )
  }
  if (!isOpen) {
    return (
      <Button size="small" className="staff-no-print" onClick={() => setOpen(true)}>
        {say(words.bring)}
      </Button>
    )
  }
  const take = async (file: File) => {
    const found = readMap(await file.text(), approval.trim())
    setWrong(found === undefined)
    if (found) onChange(found)
  }
  return (
    <div className="staff-stack">
      <p className="staff-quiet">{say(words.help)}</p>
      <div className="staff-filters">
        <Input
          aria-label={say(words.approval)}
          placeholder={`${say(words.approval)} GS(2024)0650号`}
          value={approval}
          onChange={({ target }) => setApproval(target.value)}
          style={{ maxWidth: 280 }}
        />
        <Upload
          accept=".json,.geojson"
          showUploadList={false}
          beforeUpload={(file) => {
            void take(file)
            return false
          }}
        >
          <Button disabled={approval.trim() === ''}>{say(words.choose)}</Button>
        </Upload>
      </div>
      {isWrong && <Alert type="error" showIcon title={say(words.notAMap)} />}
    </div>
  )
}
