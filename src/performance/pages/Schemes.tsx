import { amountText, decimalText } from '../../ui/amount-format.ts'
import { Block } from '../../ui/Block.tsx'
import { useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { listSchemes, type SchemeShown } from '../scheme.contract.ts'
import { BlockList, termsFacts } from './schemes/BlockList.tsx'
import { codeNames, named } from '../pay-words.rules.ts'
import { payText } from './pay-text.ts'

/** The rules by which pay is worked out: readable by everybody whom they pay. */
export default function Schemes() {
  const t = useText(payText)
  const { data, error, refetch } = useContract(listSchemes, {})
  return (
    <Page>
      <PageHeader title={t('schemes')} />
      <Note tone="info">{t('schemeReadOnly')}</Note>
      {data && data.schemes.length > 0 ? data.schemes.map((scheme) => <Version key={`${scheme.code} ${scheme.version}`} scheme={scheme} />) : (
        <Block title={t('schemes')} loading={!data} error={error} onRetry={() => void refetch()}><EmptyState title={t('notSettled')} /></Block>
      )}
    </Page>
  )
}

function Version({ scheme }: { scheme: SchemeShown }) {
  const t = useText(payText)
  const pick = usePick()
  const { terms, blocks } = scheme
  if (blocks !== null) return <BlocksVersion scheme={scheme} blocks={blocks} />
  if (terms === null) return null
  const yes = (value: boolean): string => pick(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })
  return (
    <Block title={t('schemeOf', { name: pick({ zh: scheme.name, en: scheme.nameEn }), version: scheme.version, from: scheme.from })} actions={<Tag tone={scheme.inForce ? 'success' : 'info'}>{t(scheme.inForce ? 'inForce' : 'notInForce')}</Tag>}>
      <div className="yq-stack">
        <p className="yq-quiet">{scheme.legalBasis}</p>
        <h3>{t('tariff')}</h3>
        <PlainTable
          label={t('tariff')} columns={[{ key: 'event', title: t('event') }, { key: 'per', title: t('per') }, { key: 'points', title: t('each'), right: true }, { key: 'products', title: t('products') }, { key: 'from', title: t('validFrom') }]}
          rows={scheme.rules.map((rule) => ({
            key: `${rule.event} ${rule.from}`,
            cells: [pick(named(codeNames, rule.event)), rule.unitFen === null ? t('item') : t('perAmount', { amount: amountText(rule.unitFen, 'yuan').replace(/\.00$/, '') }), decimalText(rule.points, 2), rule.products === null ? t('allProducts') : rule.products.join('、'), rule.from],
          }))}
        />
        <h3>{t('order')}</h3>
        <ol style={{ paddingInlineStart: 24 }}>
          {orderOf(terms).map((line) => <li key={line.zh}>{pick(line)}</li>)}
        </ol>
        <h3>{t('parameters')}</h3>
        <Facts facts={[
          { label: pick({ zh: '每分单价（元）', en: 'Yuan for a point' }), value: terms.unitPrice },
          { label: pick({ zh: '挂钩比例', en: 'Linked part' }), value: terms.linkWeight },
          { label: pick({ zh: '挂钩系数上限', en: 'Ceiling of the factor' }), value: terms.linkCeiling },
          { label: pick({ zh: '负数挂钩', en: 'Negative amounts are linked' }), value: yes(terms.linkOnNegative) },
          { label: pick({ zh: '时间进度', en: 'Time progress' }), value: pick(terms.timeProgress === 'MONTHS' ? { zh: '按月', en: 'by months' } : { zh: '按天', en: 'by days' }) },
          { label: pick({ zh: '提前结清宽限（月）', en: 'Grace before maturity (months)' }), value: terms.earlyGraceMonths },
          { label: pick({ zh: '次月之后收回的返还比例', en: 'Returned when recovered later' }), value: terms.lateReturnRatio },
          { label: pick({ zh: '部分收回按比例返还', en: 'Partial recovery returns in proportion' }), value: yes(terms.partialReturn) },
          { label: pick({ zh: '营销系数', en: 'Marketing coefficient' }), value: terms.marketingBands.map((band) => `≥ ${band.from}: ${band.coefficient}`).join('；') },
          { label: pick({ zh: '主管津贴（元）', en: 'Supervisor pay (yuan)' }), value: `${terms.supervisorPay} × 0–${terms.supervisorCeiling}` },
          { label: pick({ zh: '结转月数', en: 'Months carried on' }), value: terms.carryMonths },
          { label: pick({ zh: '适用岗位', en: 'Posts' }), value: [...terms.posts, ...terms.supervisorPosts].join('、') },
        ]} />
      </div>
    </Block>
  )
}

function BlocksVersion({ scheme, blocks }: { scheme: SchemeShown; blocks: NonNullable<SchemeShown['blocks']> }) {
  const t = useText(payText)
  const pick = usePick()
  return (
    <Block title={t('schemeOf', { name: pick({ zh: scheme.name, en: scheme.nameEn }), version: scheme.version, from: scheme.from })} actions={<Tag tone={scheme.inForce ? 'success' : 'info'}>{t(scheme.inForce ? 'inForce' : 'notInForce')}</Tag>}>
      <div className="yq-stack">
        <p className="yq-quiet">{scheme.legalBasis}</p>
        <h3>{t('order')}</h3>
        <BlockList blocks={blocks.blocks} />
        <h3>{t('parameters')}</h3>
        <Facts facts={termsFacts(blocks, pick)} />
      </div>
    </Block>
  )
}

function orderOf(terms: NonNullable<SchemeShown['terms']>): { zh: string; en: string }[] {
  const before = terms.earlyPosition === 'BEFORE_LINK'
  return [
    { zh: '积分合计，两位小数，含检查积分', en: 'Sum of points, two decimals, inspections included' },
    { zh: `积分 × ${terms.unitPrice} 元 = 积分绩效`, en: `points × ${terms.unitPrice} yuan = points pay` },
    ...(before ? [{ zh: '减提前结清扣减', en: 'minus early settlement' }] : []),
    { zh: `固定部分 ${decimalText(String(1 - Number(terms.linkWeight)), 2)}；其余 × 净增挂钩系数`, en: `fixed part ${decimalText(String(1 - Number(terms.linkWeight)), 2)}; the rest × link factor` },
    { zh: '× 综合营销系数', en: '× marketing coefficient' },
    { zh: `减逾期扣留，加返还${before ? '' : '，减提前结清扣减'}`, en: `minus withheld for overdue, plus refunds${before ? '' : ', minus early settlement'}` },
    { zh: '加主管津贴、更正，减上月结转；不足部分结转', en: 'plus supervisor pay and corrections, minus what was carried in; the rest is carried on' },
  ]
}
