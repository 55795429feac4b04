import { Block } from '../../../ui/Block.tsx'
import { useContract } from '../../../ui/client.ts'
import { useText } from '../../../ui/text.ts'
import { listMyDeferrals } from '../../deferral/deferral.contract.ts'
import { deferralText } from './deferral-text.ts'
import { CaseTable, TrancheTable } from './parts.tsx'

/** Below one's own statement: what of the pay comes later, what is claimed, what was given back. Nothing to show, nothing shown. */
export function OwnDeferrals() {
  const t = useText(deferralText)
  const { data } = useContract(listMyDeferrals, {})
  if (!data || data.tranches.length + data.cases.length === 0) return null
  return (
    <Block title={t('own')}>
      <div className="yq-stack">
        {data.tranches.length > 0 && <TrancheTable label={t('tranches')} tranches={data.tranches} />}
        {data.cases.length > 0 && <CaseTable cases={data.cases} />}
      </div>
    </Block>
  )
}
