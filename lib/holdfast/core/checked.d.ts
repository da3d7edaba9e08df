/**
 * Set where a bundle is made for deployment. Definitions are checked where they are written, tested and synthesized, and
 * a bundle holds what has passed: esbuild leaves out whatever stands behind `typeof HOLDFAST_CHECKED === 'undefined'`.
 */
declare const HOLDFAST_CHECKED: true | undefined;
