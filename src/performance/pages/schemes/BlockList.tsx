import { Link } from 'react-router'
import { amountText } from '../../../ui/amount-format.ts'
import { PlainTable } from '../../../ui/PlainTable.tsx'
import { mark, type Text, usePick } from '../../../ui/text.ts'
import { useWho } from '../../../ui/who.ts'
import type { SchemeBlock } from '../../block.contract.ts'
import type { BlocksTerms } from '../../schemes/block-terms.contract.ts'
import { blockKindNames, nameOfCode, periodNames, sentenceOfBlock } from './block-text.ts'

type Pick = (text: Text) => string

/** A scheme's blocks in the order of the operations, each with what it does; weighted items with weight and indicator. */
export function BlockList({ blocks, nameOf }: { blocks: readonly SchemeBlock[]; /** What the code of an indicator, a post or a unit stands for. */ nameOf: (code: string) => string }) {
  const pick = usePick()
  const opens = useWho().may.has('indicator.read')
  return (
    <ol className="yq-stack" style={{ paddingInlineStart: 24 }}>
      {blocks.map((block) => (
        <li key={block.code}>
          <strong>{pick(nameOfCode(block.code, blocks))}</strong> <span className="yq-quiet">{pick(blockKindNames[block.kind])}</span>
          <div>{sentenceOfBlock(block.kind === 'DEFER' ? { ...block, posts: block.posts.map(nameOf) } : block, blocks, pick)}</div>
          {(block.kind === 'RATIOS' || block.kind === 'MARKS') && (
            <PlainTable
              label={pick(nameOfCode(block.code, blocks))} stack="short"
              columns={[{ key: 'name', title: pick({ zh: '项目', en: 'Item' }) }, { key: 'weight', title: pick({ zh: '权重', en: 'Weight' }), right: true }, ...(block.kind === 'RATIOS' ? [{ key: 'indicator', title: pick({ zh: '指标', en: 'Indicator' }) }, { key: 'direction', title: pick({ zh: '方向', en: 'Direction' }) }] : [])]}
              rows={block.items.map((item) => ({
                key: item.code, cells: [pick(item.name), item.weight, ...('indicator' in item ? [opens ? <Link key="i" to={`/indicators/${item.indicator}`}>{nameOf(`indicator ${item.indicator}`)}</Link> : nameOf(`indicator ${item.indicator}`), pick(item.direction === 'UP' ? { zh: '越高越好', en: 'the higher the better' } : { zh: '越低越好', en: 'the lower the better' })] : [])],
              }))}
            />
          )}
        </li>
      ))}
    </ol>
  )
}

/** What a scheme of blocks fixes besides its list. */
export function termsFacts(terms: BlocksTerms, pick: Pick): { label: string; value: string }[] {
  const all = pick({ zh: '全部', en: 'all' })
  return [
    { label: pick({ zh: '结算周期', en: 'Period' }), value: pick(periodNames[terms.period]) },
    { label: pick({ zh: '适用岗位', en: 'Posts' }), value: terms.posts.join(mark('、')) },
    { label: pick({ zh: '适用职级', en: 'Grades' }), value: terms.grades.length === 0 ? all : terms.grades.join(mark('、')) },
    { label: pick({ zh: '适用机构', en: 'Units' }), value: terms.units.length === 0 ? all : terms.units.join(mark('、')) },
    { label: pick({ zh: '职级基数（元）', en: 'Bases by grade (yuan)' }), value: Object.entries(terms.gradeBases).map(([grade, fen]) => `${grade === '*' ? pick({ zh: '其他', en: 'others' }) : grade} ${amountText(fen, 'yuan')}`).join(mark('；')) || '--' },
    { label: pick({ zh: '结转月数', en: 'Months carried on' }), value: String(terms.carryMonths) },
  ]
}
