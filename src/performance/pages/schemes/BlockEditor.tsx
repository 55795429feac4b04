import { Button, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { Note } from '../../../ui/Note.tsx'
import { usePhone } from '../../../ui/settings.ts'
import { mark, type Text, usePick, useText } from '../../../ui/text.ts'
import { schemeBlock, type BlockKind } from '../../block.contract.ts'
import { handedIn, namesOf } from '../../schemes/judge-scheme.rules.ts'
import { TypedGrid, type GridColumn } from '../TypedGrid.tsx'
import { blockOf, blockShapes, newBlock, unitChoices, type BlockDraft, type BlockField } from './block-form.ts'
import { blockKindNames, builderText, givenNames, sentenceOfBlock } from './block-text.ts'

type Indicator = { code: string; name: string; nameEn: string }
type Props = { blocks: readonly BlockDraft[]; kind: 'POINTS' | 'BLOCKS'; indicators: readonly Indicator[]; onChange: (blocks: BlockDraft[]) => void }
const kindsOf: Readonly<Record<'POINTS' | 'BLOCKS', readonly BlockKind[]>> = {
  POINTS: ['POINTS_SUM', 'PRODUCT', 'SUM', 'LINK', 'FACTOR', 'BANDS', 'GATE', 'PAYABLE'],
  BLOCKS: ['RATIOS', 'MARKS', 'PHASE', 'BLEND', 'SUM', 'CORE', 'BANDS', 'PRODUCT', 'FACTOR', 'EXCESS', 'GATE', 'TEAM', 'DEFER', 'PAYABLE'],
}

/** The blocks in their order: added, moved by buttons, taken out; one is open for its parameters. */
export function BlockEditor({ blocks, kind, indicators, onChange }: Props) {
  const t = useText(builderText)
  const pick = usePick()
  const size = usePhone() ? 'medium' as const : 'small' as const
  const [open, setOpen] = useState<number | null>(null)
  const [adding, setAdding] = useState<BlockKind | null>(null)
  const put = (place: number, block: BlockDraft): void => onChange(blocks.map((one, at) => (at === place ? block : one)))
  const move = (place: number, by: -1 | 1): void => {
    const next = [...blocks]
    const [block] = next.splice(place, 1)
    if (block) next.splice(place + by, 0, block)
    onChange(next)
    setOpen(open === place ? place + by : open === place + by ? place : open)
  }
  const add = (): void => {
    if (adding === null) return
    onChange([...blocks, newBlock(adding, blocks.map(({ code }) => code))])
    setOpen(blocks.length)
  }
  return (
    <div className="yq-stack">
      <ol className="yq-stack" style={{ paddingInlineStart: 20 }}>
        {blocks.map((block, place) => (
          <li key={`${place} ${block.kind}`}>
            <div className="yq-row">
              <Button type="link" size={size} style={{ height: 'auto', whiteSpace: 'normal', textAlign: 'start', ...(size === 'medium' ? { flex: '1 1 100%', justifyContent: 'flex-start', minHeight: 44 } : {}) }} aria-expanded={open === place} onClick={() => setOpen(open === place ? null : place)}>{pick(blockKindNames[block.kind])} {block.code}{block.zh === '' ? '' : ` ${pick({ zh: block.zh, en: block.en })}`}</Button>
              <Button size={size} disabled={place === 0} aria-label={`${t('up')} ${block.code}`} onClick={() => move(place, -1)}>↑</Button>
              <Button size={size} disabled={place === blocks.length - 1} aria-label={`${t('down')} ${block.code}`} onClick={() => move(place, 1)}>↓</Button>
              <Button size={size} type="text" aria-label={`${t('remove')} ${block.code}`} onClick={() => {
                onChange(blocks.filter((_one, at) => at !== place))
                setOpen(null)
              }}>✕</Button>
            </div>
            {open === place ? <Parameters block={block} before={valuesBefore(blocks, place, kind)} indicators={indicators} onChange={(one) => put(place, one)} /> : <Told block={block} blocks={blocks} />}
          </li>
        ))}
      </ol>
      <div className="yq-row">
        <Select aria-label={t('kindOfBlock')} placeholder={t('kindOfBlock')} style={{ minWidth: 180 }} value={adding} options={kindsOf[kind].map((value) => ({ value, label: pick(blockKindNames[value]) }))} onChange={(value: BlockKind | null) => setAdding(value)} />
        <Button onClick={add} disabled={adding === null}>{t('addBlock')}</Button>
      </div>
    </div>
  )
}

/** What a closed block says, or what it still lacks. */
function Told({ block, blocks }: { block: BlockDraft; blocks: readonly BlockDraft[] }) {
  const t = useText(builderText)
  const pick = usePick()
  const read = schemeBlock.safeParse(blockOf(block))
  if (!read.success) return <Note tone="warning">{t('lacks', { list: [...new Set(read.error.issues.map(({ path }) => path.join(' · ')))].slice(0, 4).join(mark('；')) })}</Note>
  const all = blocks.flatMap((one) => {
    const parsed = schemeBlock.safeParse(blockOf(one))
    return parsed.success ? [parsed.data] : []
  })
  return <div className="yq-quiet">{sentenceOfBlock(read.data, all, pick)}</div>
}

/** Codes of the values that stand before a block: those handed in, and those of the blocks above. */
function valuesBefore(blocks: readonly BlockDraft[], place: number, kind: Props['kind']): { code: string; name: Text }[] {
  const given = Object.keys(handedIn[kind]).map((code) => ({ code, name: givenNames[code] ?? { zh: code, en: code } }))
  const own = blocks.slice(0, place).flatMap((draft) => {
    const read = schemeBlock.safeParse(blockOf(draft))
    const codes = read.success ? namesOf(read.data).gives.filter((code) => !code.includes('.')) : [draft.code]
    return codes.map((code) => ({ code, name: code === draft.code && draft.zh !== '' ? { zh: draft.zh, en: draft.en } : givenNames[code] ?? { zh: code, en: code } }))
  })
  return [...own, ...given.filter(({ code }) => own.every((one) => one.code !== code))]
}

function Parameters({ block, before, indicators, onChange }: { block: BlockDraft; before: readonly { code: string; name: Text }[]; indicators: readonly Indicator[]; onChange: (block: BlockDraft) => void }) {
  const t = useText(builderText)
  const pick = usePick()
  const size = usePhone() ? 'medium' as const : 'small' as const
  const shape = blockShapes[block.kind]
  const refs = before.map(({ code, name }) => ({ value: code, label: pick(name) === code ? code : `${pick(name)} ${code}` }))
  const choicesOf = (field: BlockField): { value: string; label: string }[] | undefined => {
    switch (field.as) {
      case 'ref': return refs
      case 'unit': return Object.entries(unitChoices).map(([value, label]) => ({ value, label: pick(label) }))
      case 'choice': return (field.choices ?? []).map(({ value, title }) => ({ value, label: pick(title) }))
      case 'yes': return [{ value: 'yes', label: t('yes') }]
      case 'indicator': return indicators.map(({ code, name, nameEn }) => ({ value: code, label: `${pick({ zh: name, en: nameEn })} ${code}` }))
      case 'direction': return [{ value: 'UP', label: t('UP') }, { value: 'DOWN', label: t('DOWN') }]
      case 'code': case 'number': case 'text': case 'codes': return undefined
    }
  }
  const set = (key: string, value: string): void => onChange({ ...block, fields: { ...block.fields, [key]: value } })
  const label = (title: string, control: React.ReactNode) => <label key={title} className="yq-stack" style={{ gap: 4 }}><span>{title}</span>{control}</label>
  const own = (key: 'code' | 'zh' | 'en', max: number) => label(t(key === 'code' ? 'code' : key === 'zh' ? 'name' : 'nameEn'), <Input size={size} aria-label={`${block.code} ${t(key === 'code' ? 'code' : key === 'zh' ? 'name' : 'nameEn')}`} value={block[key]} maxLength={max} onChange={(event) => onChange({ ...block, [key]: event.target.value })} />)
  return (
    <div className="yq-stack" role="group" aria-label={`${pick(blockKindNames[block.kind])} ${block.code}`}>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 150px), 1fr))', gap: 8 }}>
        {own('code', 31)}{own('zh', 60)}{own('en', 80)}
        {shape.fields.map((field) => {
          const title = pick(field.title)
          const choices = choicesOf(field)
          const name = `${block.code} ${title}`
          if (field.as === 'yes') return label(title, <span><Switch size="small" aria-label={name} checked={block.fields[field.key] === 'yes'} onChange={(on) => set(field.key, on ? 'yes' : 'no')} /></span>)
          return label(title, choices
            ? <Select size={size} aria-label={name} value={(block.fields[field.key] ?? '') === '' ? null : block.fields[field.key]} options={choices} allowClear={field.may === true} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} onChange={(value: string | null) => set(field.key, value ?? '')} />
            : <Input size={size} aria-label={name} value={block.fields[field.key] ?? ''} maxLength={60} onChange={(event) => set(field.key, event.target.value)} />)
        })}
      </div>
      {shape.grids.map((grid) => (
        <TypedGrid
          key={grid.key} label={`${block.code} ${pick(grid.title)}`} add={t('addRow')} rows={block.grids[grid.key] ?? []} onChange={(rows) => onChange({ ...block, grids: { ...block.grids, [grid.key]: rows } })}
          columns={grid.columns.map((column): GridColumn => {
            const choices = choicesOf(column)
            return { key: column.key, title: pick(column.title), ...(choices ? { options: choices } : {}), ...(column.as === 'text' || column.as === 'code' ? { text: true } : {}) }
          })}
        />
      ))}
    </div>
  )
}
