/**
 * Reads device trees, flattened ({@code .dtb}) and as source ({@code .dts}), after the Devicetree
 * Specification v0.4. Knows nothing of a kernel.
 */
module dev.nommu.devicetree {
  requires static org.jspecify;

  exports dev.nommu.devicetree;
}
