/** Namespace of everything that the service counts; its alarms look there. */
export const METRIC_NAMESPACE = 'Holdfast';

/** An operation has come to need a person. */
export const NEEDS_ATTENTION = 'NeedsAttention';
