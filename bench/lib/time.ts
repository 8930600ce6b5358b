/** Milliseconds of the machine's monotonic clock: the same in every process, so that two of them can time one edit. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
