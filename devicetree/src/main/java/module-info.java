/**
 * Reads device trees, flattened ({@code .dtb}) and as source ({@code .dts}), according to the
 * Devicetree Specification v0.4. Independent of the kernel.
 */
module dev.nommu.devicetree {
  requires static org.jspecify;

  exports dev.nommu.devicetree;
}
