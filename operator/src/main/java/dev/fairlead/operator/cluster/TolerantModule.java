package dev.fairlead.operator.cluster;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.Tenant;
import java.util.Set;

/** Has the four kinds read by {@link TolerantDeserializer}. */
final class TolerantModule extends SimpleModule {
    private static final long serialVersionUID = 1L;
    private static final Set<Class<?>> KINDS = Set.of(KeyPool.class, AIRoute.class, Tenant.class, Subscription.class);

    TolerantModule() {
        super("fairlead-tolerant");
        setDeserializerModifier(new Modifier());
    }

    private static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> strict) {
            return KINDS.contains(description.getBeanClass()) ? new TolerantDeserializer(strict) : strict;
        }
    }
}
