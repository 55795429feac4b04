import { DepositRow } from '../../holdings/pages/DepositFigures.tsx'
import { MeetingScreen } from '../../meetings/pages/MeetingScreen.tsx'

/** The wall of a morning meeting, with the deposits of its unit. */
export default function MeetingWall() {
  return <MeetingScreen deposits={(unitKey) => <DepositRow unitKey={unitKey} />} />
}
