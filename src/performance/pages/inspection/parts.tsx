import { useState } from 'react'
import { Button } from 'antd'
import { decimalText } from '../../../ui/amount-format.ts'
import { download } from '../../../ui/client.ts'
import { Facts } from '../../../ui/Facts.tsx'
import { PurposeDrawer } from '../../../ui/PurposeDrawer.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../../ui/text.ts'
import { fetchEvidence, type DrawnObject, type RunObject, type RunState } from '../../inspection/run.contract.ts'
import { gradeNames, named } from '../../pay-words.rules.ts'
import { inspectionText } from './inspection-text.ts'

/** "调查报告 L11" in the reader's language: what is stored with a fact is the bank's own word. */
export function useObjectName(): (object: RunObject, number: string) => string {
  const t = useText(inspectionText)
  return (object, number) => `${t(`one${object}`)} ${number}`
}

const tones = { PLANNED: 'info', SAMPLED: 'info', IN_WORK: 'info', FINDINGS_GIVEN: 'warning', OBJECTION: 'warning', CONFIRMED: 'success', SETTLED: 'success', WITHDRAWN: 'info' } as const
export function RunStateTag({ state }: { state: RunState }) {
  const t = useText(inspectionText)
  return <Tag tone={tones[state]}>{t(state)}</Tag>
}

/** A finding and what was objected to it: source seen, what was found, grade with its points, evidence; claim, answer, correction. */
export function FindingFacts({ runId, object }: { runId: string; object: Omit<DrawnObject, 'staffKey' | 'name' | 'number'> }) {
  const t = useText(inspectionText)
  const pick = usePick()
  const [fetching, setFetching] = useState(false)
  const { finding, objection } = object
  if (finding === null) return <span className="yq-quiet">{t('noFinding')}</span>
  const gradeOf = (grade: string): string => pick(named(gradeNames, grade))
  return (
    <>
      <Facts facts={[
        { label: t('grade'), value: <>{gradeOf(finding.counts)}{finding.counts !== finding.grade && <span className="yq-quiet"> {mark('（')}<s>{gradeOf(finding.grade)}</s>{mark('）')}</span>}</> },
        { label: t('points'), value: finding.points === null ? t('allPoints') : decimalText(finding.points, 2) },
        ...(finding.conduct === null ? [] : [{ label: pick({ zh: '合规', en: 'Conduct' }), value: <Tag {...(finding.conduct === 'RED' ? { tone: 'error' as const, icon: '⬣' as const } : { tone: 'warning' as const })}>{t(`conduct${finding.conduct}`)}</Tag> }]),
        { label: t('source'), value: <span style={{ whiteSpace: 'pre-wrap' }}>{finding.sourceSeen}</span> }, { label: t('finding'), value: <span style={{ whiteSpace: 'pre-wrap' }}>{finding.finding}</span> },
        { label: t('evidence'), value: <Button type="link" style={{ paddingInline: 0, height: 'auto', font: 'inherit', whiteSpace: 'normal', textAlign: 'start', overflowWrap: 'anywhere' }} aria-label={t('purposeOf', { name: finding.fileName })} onClick={() => setFetching(true)}>{finding.fileName}</Button> }, { label: t('foundBy'), value: `${finding.foundBy} ${finding.foundOn}` },
        ...(objection === null ? [] : [
          { label: t('objection'), value: <><span style={{ whiteSpace: 'pre-wrap' }}>{objection.claim}</span> <span className="yq-quiet">{objection.madeOn}</span></> },
          { label: t('answer'), value: objection.result === null ? <Tag tone="warning">{t('waiting')}</Tag> : (
            <>
              <Tag tone={objection.result === 'UPHELD' ? 'success' : 'info'}>{t(objection.result)}</Tag> {objection.becomes !== null && <>{t('becameNow', { grade: gradeOf(objection.becomes) })}{mark('：')}</>}{objection.reason} <span className="yq-quiet">{t('answeredOn', { by: objection.answeredBy ?? '', day: objection.answeredOn ?? '' })}</span>
              {objection.correction !== null && <div>{t('correction', { month: objection.correction.month, points: decimalText(objection.correction.points, 2) })}{!objection.correction.counts && <> <Tag tone="warning">{t('correctionWaits')}</Tag></>}</div>}
            </>
          ) },
        ]),
      ]} />
      {fetching && <PurposeDrawer title={t('purposeOf', { name: finding.fileName })} submit={t('fetch')} fetch={(purpose) => download(fetchEvidence, { params: { runId, objectId: object.id }, body: { purpose } })} onClose={() => setFetching(false)} />}
    </>
  )
}
