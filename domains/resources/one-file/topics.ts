/** After a run that changed whom records are about; key: the run. */
export const ENTITIES_CHANGED = 'one-file.entities.changed'
/** While a run goes on; key: the run. */
export const RUN_MOVED = 'one-file.run.moved'
