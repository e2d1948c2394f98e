/**
 * Proxies between the kernel and a plugin: each call of the plugin, of the objects it returns, and
 * of the objects the kernel passes to it can be recorded, delayed or made to fail.
 */
@NullMarked
package dev.nommu.tck.interpose;

import org.jspecify.annotations.NullMarked;
