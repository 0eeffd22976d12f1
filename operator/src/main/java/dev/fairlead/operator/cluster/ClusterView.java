package dev.fairlead.operator.cluster;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The cluster as informers see it. Safe on every thread; nothing here waits for the API server but {@link #awaitSync}.
 *
 * <p>While a Secret that a KeyPool has just begun to name is being fetched, the pool stays as it was: nobody compiles one whose
 * key is on its way.
 */
public final class ClusterView implements PodIndex, AutoCloseable {
    private static final String INJECTED = "fairlead.dev/injected";

    private final Object lock = new Object();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch synced = new CountDownLatch(1);
    private final References references = new References();
    private final DataWatches data;
    private final PodBook podBook;
    private final ObjectBook<KeyPool> keyPools;
    private final ObjectBook<AIRoute> routes;
    private final ObjectBook<Tenant> tenants;
    private final ObjectBook<Subscription> subscriptions;
    private final ObjectBook<Namespace> namespaces;
    private final ObjectBook<Pod> pods;
    private final KeyNamespaces keyNamespaces;
    private final SteadyPools steadyPools = new SteadyPools(references);
    private boolean read;

    /**
     * Nothing is asked before {@link #start}.
     *
     * @param client as {@link ClusterClient} makes it; stays the caller's
     * @param keyNamespaces whose Secrets and ConfigMaps may be read; {@code *} among them means all
     */
    public ClusterView(KubernetesClient client, Set<String> keyNamespaces) {
        this(client, keyNamespaces, Clock.systemUTC());
    }

    ClusterView(KubernetesClient client, Set<String> keyNamespaces, Clock clock) {
        this.keyNamespaces = new KeyNamespaces(keyNamespaces);
        data = new DataWatches(client, this.keyNamespaces, lock, this::changed);
        podBook = new PodBook(clock);
        keyPools = book(everywhere(client, KeyPool.class), this::poolNoted);
        routes = book(everywhere(client, AIRoute.class), ClusterView::differs);
        subscriptions = book(everywhere(client, Subscription.class), ClusterView::differs);
        tenants = book(client.resources(Tenant.class).runnableInformer(0), ClusterView::differs);
        namespaces = book(
                client.namespaces().runnableInformer(0),
                (before, after) -> before == null || after == null || !Objects.equals(labels(before), labels(after)));
        pods = book(client.pods().inAnyNamespace().withLabel(INJECTED, "true").runnableInformer(0), podBook);
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> everywhere(KubernetesClient client, Class<T> kind) {
        return client.resources(kind).inAnyNamespace().runnableInformer(0);
    }

    private <T extends HasMetadata> ObjectBook<T> book(SharedIndexInformer<T> informer, Change<T> change) {
        return new ObjectBook<>(informer, lock, change, this::changed);
    }

    /** Starts to watch. Does not wait; an API server that is not there yet is tried for ever. */
    public void start() {
        var started = books().map(book -> book.start().toCompletableFuture()).toArray(CompletableFuture[]::new);
        var unused = CompletableFuture.allOf(started).thenRun(this::allRead);
    }

    private Stream<ObjectBook<?>> books() {
        return Stream.of(keyPools, routes, tenants, subscriptions, namespaces, pods);
    }

    private void allRead() {
        synchronized (lock) {
            read = true;
        }
        changed();
    }

    /** Called without the lock. Before everything has been read once nobody hears of it. */
    private void changed() {
        if (!hasSynced()) {
            synchronized (lock) {
                if (!read || data.states().containsValue(new DataState.Awaited())) {
                    return;
                }
            }
            synced.countDown();
        }
        listeners.forEach(Runnable::run);
    }

    private boolean poolNoted(KeyPool before, KeyPool after) {
        var pool = after == null ? before : after;
        data.names(ObjectRef.of(pool).id(), after == null ? Set.of() : references.of(after));
        return differs(before, after);
    }

    /** Whether two states of one of the four kinds differ in what is compiled. A status, for one, is not. */
    private static <T extends HasMetadata> boolean differs(T before, T after) {
        return before == null
                || after == null
                || !Objects.equals(
                        before.getMetadata().getUid(), after.getMetadata().getUid())
                || !Objects.equals(
                        before.getMetadata().getGeneration(),
                        after.getMetadata().getGeneration());
    }

    /** Whether everything has been read once: from then on it stays so. */
    public boolean hasSynced() {
        return synced.getCount() == 0;
    }

    /** Waits until everything has been read once; {@code false} when that takes longer. */
    public boolean awaitSync(Duration longest) throws InterruptedException {
        return synced.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Everything that is known now; before {@link #hasSynced} only a part, which is not to be compiled. */
    public World world() {
        synchronized (lock) {
            var pools = steadyPools.choose(keyPools.all(), data.states());
            return new World(
                    pools.beans(),
                    routes.all(),
                    tenants.all(),
                    subscriptions.all(),
                    new DataLookup(DataRef.Kind.SECRET, pools.states(), keyNamespaces),
                    new DataLookup(DataRef.Kind.CONFIG_MAP, pools.states(), keyNamespaces),
                    new Namespaces(labels()),
                    Set.of(),
                    unreadable(pools.beans()),
                    podBook.workloads());
        }
    }

    private Map<ObjectRef, List<String>> unreadable(List<KeyPool> pools) {
        var all = new HashMap<ObjectRef, List<String>>();
        Stream.<List<? extends HasMetadata>>of(pools, routes.all(), tenants.all(), subscriptions.all())
                .flatMap(List::stream)
                .forEach(object -> {
                    var paths = Unreadable.in(object);
                    if (!paths.isEmpty()) {
                        all.put(ObjectRef.of(object), paths);
                    }
                });
        return all;
    }

    private Map<String, Map<String, String>> labels() {
        var all = new HashMap<String, Map<String, String>>();
        namespaces.all().forEach(one -> all.put(one.getMetadata().getName(), labels(one)));
        return all;
    }

    private static Map<String, String> labels(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /** Calls {@code listener} whenever {@link #world()} has changed in something that is compiled; it must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** How many Secrets and ConfigMaps are watched. */
    public int watchedData() {
        return data.size();
    }

    @Override
    public Optional<Pod> find(String uid) {
        return podBook.find(uid);
    }

    @Override
    public Optional<Workload> workloadOf(String uid) {
        return podBook.workloadOf(uid);
    }

    @Override
    public Set<String> uids() {
        return podBook.uids();
    }

    @Override
    public void onChange(Consumer<String> listener) {
        podBook.onChange(listener);
    }

    /** Stops to watch. What was known stays. */
    @Override
    public void close() {
        books().forEach(ObjectBook::close);
        data.close();
    }
}
