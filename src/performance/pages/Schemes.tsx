import { Button } from 'antd'
import { amountText, decimalText } from '../../ui/amount-format.ts'
import { Block } from '../../ui/Block.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Note } from '../../ui/Note.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { PlainTable } from '../../ui/PlainTable.tsx'
import { Differences } from '../../ui/ProposedChanges.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { listSchemes, type SchemeShown } from '../scheme.contract.ts'
import { readScheme } from '../schemes/scheme-change.contract.ts'
import { builderText } from './schemes/block-text.ts'
import { BlockList, termsFacts } from './schemes/BlockList.tsx'
import { comparedShown, differencesOfVersions, followedBy } from './schemes/scheme-difference.ts'
import { codeNames, named } from '../pay-words.rules.ts'
import { payText } from './pay-text.ts'

type NameOf = (code: string) => string

/** The rules by which pay is worked out: readable by everybody whom they pay. */
export default function Schemes() {
  const t = useText(payText)
  const pick = usePick()
  const { data, error, refetch } = useContract(listSchemes, {})
  const nameOf: NameOf = (code) => { const name = data?.names[code]; return name ? pick(name) : code.replace(/^(indicator|product) /, '') }
  const schemes = data?.schemes.map((scheme) => withNames(scheme, nameOf)) ?? []
  return (
    <Page>
      <PageHeader title={t('schemes')} />
      <Note tone="info">{t('schemeReadOnly')}</Note>
      {schemes.length > 0 ? schemes.map((scheme) => <Version key={`${scheme.code} ${scheme.version}`} scheme={scheme} all={schemes} nameOf={nameOf} />) : (
        <Block title={t('schemes')} loading={!data} error={error} onRetry={() => void refetch()}><EmptyState title={t('notSettled')} /></Block>
      )}
    </Page>
  )
}

/** The same for people to read: posts and units by their names, in what is in force and in what a version changed. */
function withNames(scheme: SchemeShown, name: NameOf): SchemeShown {
  const { terms, blocks, support } = scheme
  const all = (codes: readonly string[]): string[] => codes.map(name)
  return {
    ...scheme, rules: scheme.rules.map((rule) => ({ ...rule, products: rule.products && rule.products.map((code) => name(`product ${code}`)) })),
    terms: terms && { ...terms, posts: all(terms.posts), supervisorPosts: all(terms.supervisorPosts), retailPosts: all(terms.retailPosts), ...(terms.units ? { units: all(terms.units) } : {}), ...(terms.exceptUnits ? { exceptUnits: all(terms.exceptUnits) } : {}) },
    blocks: blocks && { ...blocks, posts: all(blocks.posts), units: all(blocks.units) },
    support: support && { ...support, served: all(support.served), departments: support.departments.map((one) => ({ ...one, code: name(one.code) })), controlDepartments: all(support.controlDepartments) },
  }
}

function Version({ scheme, all, nameOf }: { scheme: SchemeShown; all: readonly SchemeShown[]; nameOf: NameOf }) {
  const t = useText(payText)
  const pick = usePick()
  const { terms, blocks, support } = scheme
  if (blocks !== null) return <BlocksVersion scheme={scheme} blocks={blocks} all={all} nameOf={nameOf} />
  if (support !== null) return <SupportVersion scheme={scheme} support={support} all={all} />
  if (terms === null) return null
  const yes = (value: boolean): string => pick(value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })
  return (
    <Block title={t('schemeOf', { name: pick({ zh: scheme.name, en: scheme.nameEn }), version: scheme.version, from: scheme.from })} actions={<Reading scheme={scheme} />}>
      <div className="yq-stack">
        <p className="yq-quiet">{scheme.legalBasis}</p>
        <Changed scheme={scheme} all={all} />
        <h3>{t('tariff')}</h3>
        <PlainTable
          label={t('tariff')} stack="short" columns={[{ key: 'event', title: t('event') }, { key: 'per', title: t('per') }, { key: 'points', title: t('each'), right: true }, { key: 'products', title: t('products') }, { key: 'from', title: t('validFrom') }]}
          rows={scheme.rules.map((rule) => ({
            key: `${rule.event} ${rule.from}`,
            cells: [pick(named(codeNames, rule.event)), rule.unitFen === null ? t('item') : t('perAmount', { amount: amountText(rule.unitFen, 'yuan').replace(/\.00$/, '') }), decimalText(rule.points, 2), rule.products === null ? t('allProducts') : rule.products.join(mark('、')), rule.from],
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
          { label: pick({ zh: '营销系数', en: 'Marketing coefficient' }), value: terms.marketingBands.map((band) => `≥ ${band.from}: ${band.coefficient}`).join(mark('；')) },
          { label: pick({ zh: '主管津贴（元）', en: 'Supervisor pay (yuan)' }), value: `${terms.supervisorPay} × 0–${terms.supervisorCeiling}` },
          { label: pick({ zh: '结转月数', en: 'Months carried on' }), value: terms.carryMonths },
          { label: pick({ zh: '适用岗位', en: 'Posts' }), value: [...terms.posts, ...terms.supervisorPosts].join(mark('、')) },
        ]} />
      </div>
    </Block>
  )
}

/** In force or not, and that one has read it: each person whom a scheme pays reads it before it applies. */
function Reading({ scheme }: { scheme: SchemeShown }) {
  const t = useText(payText)
  const b = useText(builderText)
  const read = useAct(readScheme, { refresh: ['listSchemes'] })
  return (
    <span className="yq-row">
      {scheme.readers !== null && <span className="yq-quiet">{b('readers', { n: scheme.readers })}</span>}
      {scheme.readOn !== null ? <span className="yq-quiet">{b('readOn', { day: scheme.readOn })}</span> : scheme.to === null && <Button size="small" loading={read.isPending} onClick={() => read.mutate({ params: { code: scheme.code, version: scheme.version } })}>{b('readIt')}</Button>}
      <Tag tone={scheme.inForce ? 'success' : 'info'}>{t(scheme.inForce ? 'inForce' : 'notInForce')}</Tag>
    </span>
  )
}

/** Which version it follows, and what it changes of it. */
function Changed({ scheme, all }: { scheme: SchemeShown; all: readonly SchemeShown[] }) {
  const b = useText(builderText)
  const pick = usePick()
  const before = followedBy(scheme, all)
  if (before === null) return null
  const changes = differencesOfVersions(comparedShown(before), comparedShown(scheme), pick)
  return (
    <div className="yq-stack" role="group" aria-label={b('changedFrom', { n: before.version })}>
      <h3>{b('changedFrom', { n: before.version })}</h3>
      {changes.length === 0 ? <p className="yq-quiet">{b('nothingChanged')}</p> : <Differences label={b('changedFrom', { n: before.version })} rows={changes} />}
    </div>
  )
}

function SupportVersion({ scheme, support, all }: { scheme: SchemeShown; support: NonNullable<SchemeShown['support']>; all: readonly SchemeShown[] }) {
  const t = useText(payText)
  const pick = usePick()
  const { weights } = support
  const table = (of: Readonly<Record<string, string>>, show: (value: string) => string): string => Object.entries(of).map(([grade, value]) => `${grade === '*' ? pick({ zh: '其他', en: 'others' }) : grade} ${show(value)}`).join(mark('；')) || '--'
  return (
    <Block title={t('schemeOf', { name: pick({ zh: scheme.name, en: scheme.nameEn }), version: scheme.version, from: scheme.from })} actions={<Reading scheme={scheme} />}>
      <div className="yq-stack">
        <p className="yq-quiet">{scheme.legalBasis}</p>
        <Changed scheme={scheme} all={all} />
        <h3>{t('order')}</h3>
        <ol style={{ paddingInlineStart: 24 }}>
          <li>{pick({ zh: `所服务机构一线人员已关账的应发合计 × ${support.poolRatio} = 奖金池（主管津贴除外）`, en: `what was paid to the front line of the units served, closed, × ${support.poolRatio} = pool (supervisors’ pay left out)` })}</li>
          <li>{pick({ zh: `部门得分：按时答复 ${weights.answerOnTime}、一次做对 ${weights.rightFirstTime}、争议 ${weights.disputes}、一线评分 ${weights.frontLineRating}；低于 ${support.leastScore} 不参加`, en: `score: answers on time ${weights.answerOnTime}, right first time ${weights.rightFirstTime}, disputes ${weights.disputes}, front-line rating ${weights.frontLineRating}; below ${support.leastScore} takes no part` })}</li>
          <li>{pick({ zh: `按得分 × 人数权重以最大余数分配；没有数据的部门按 ${support.heldScore} 分暂留`, en: `shared by score × weight with largest remainders; without data held with ${support.heldScore}` })}</li>
          <li>{pick({ zh: '部门内按职级系数 × 本人评分 × 在岗天数分配；红色事件为 0', en: 'inside by grade factor × own mark × days in post; a RED event gives 0' })}</li>
          <li>{pick({ zh: '审查、审批、合规、风险、贷后、审计岗不参加奖金池，按本人工作质量由总行发放', en: 'review, approval, compliance, risk, post-loan and audit never take part: paid by head office by the quality of their own work' })}</li>
        </ol>
        <h3>{t('parameters')}</h3>
        <Facts facts={[
          { label: pick({ zh: '部门', en: 'Departments' }), value: support.departments.map(({ code, staffWeight }) => `${code} × ${staffWeight}`).join(mark('、')) }, { label: pick({ zh: '所服务机构', en: 'Units served' }), value: support.served.join(mark('、')) || t('allProducts') },
          { label: pick({ zh: '职级系数', en: 'Factors by grade' }), value: table(support.gradeFactors, (value) => value) }, { label: pick({ zh: '风险控制岗基数（元）', en: 'Bases of risk control (yuan)' }), value: table(support.controlBases, (value) => amountText(value, 'yuan')) },
        ]} />
      </div>
    </Block>
  )
}

function BlocksVersion({ scheme, blocks, all, nameOf }: { scheme: SchemeShown; blocks: NonNullable<SchemeShown['blocks']>; all: readonly SchemeShown[]; nameOf: NameOf }) {
  const t = useText(payText)
  const pick = usePick()
  return (
    <Block title={t('schemeOf', { name: pick({ zh: scheme.name, en: scheme.nameEn }), version: scheme.version, from: scheme.from })} actions={<Reading scheme={scheme} />}>
      <div className="yq-stack">
        <p className="yq-quiet">{scheme.legalBasis}</p>
        <Changed scheme={scheme} all={all} />
        <h3>{t('order')}</h3>
        <BlockList blocks={blocks.blocks} nameOf={nameOf} />
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
